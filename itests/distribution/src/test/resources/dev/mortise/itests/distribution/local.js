// SPDX-License-Identifier: Apache-2.0
// A server of the Model Context Protocol over standard input and output, by hand.
'use strict';
const readline = require('node:readline');

const tools = [
  { name: 'where', description: 'Says where it runs', inputSchema: { type: 'object' } },
  { name: 'quit', description: 'Ends', inputSchema: { type: 'object' } },
  { name: 'learn', description: 'Learns a tool more', inputSchema: { type: 'object' } },
];

const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'local', version: '1' },
  }),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name }) => {
    if (name === 'learn') {
      tools.push({ name: 'learned', description: 'Is new', inputSchema: { type: 'object' } });
      console.log(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }));
    }
    if (name === 'quit') {
      console.error('it was told to quit');
      process.exit(1);
    }
    const env = Object.keys(process.env).sort();
    return { content: [{ type: 'text', text: JSON.stringify({ pid: process.pid, tenant: process.env.MORTISE_TENANT_ID, env }) }] };
  },
};

readline.createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    if (id !== undefined) {
      const result = answers[method] && answers[method](params || {});
      const error = { code: -32601, message: `no ${method}` };
      console.log(JSON.stringify({ jsonrpc: '2.0', id, ...(result ? { result } : { error }) }));
    }
  })
  .on('close', () => process.exit(0));
