// SPDX-License-Identifier: Apache-2.0
// A server made with the public SDK: one session after the other over streamable HTTP, at a port that it tells first.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const [secret] = process.argv.slice(2);
const transports = new Map();

function made() {
  const server = new McpServer({ name: 'sums', version: '1.0.0' });
  server.registerTool(
    'add.up',
    { description: 'Adds numbers up', inputSchema: { numbers: z.array(z.number()) } },
    async ({ numbers }) => ({ content: [{ type: 'text', text: String(numbers.reduce((a, b) => a + b, 0)) }] }),
  );
  server.registerTool(
    'hang',
    { description: 'Never answers' },
    () => new Promise(() => {}),
  );
  let learned = false;
  server.registerTool('learn', { description: 'Learns a tool more, or says so again' }, async () => {
    const said = { content: [{ type: 'text', text: 'learned' }] };
    if (learned) {
      server.sendToolListChanged();
    } else {
      learned = true;
      server.registerTool('learned', { description: 'Is new' }, async () => said);
    }
    return said;
  });
  return server;
}

async function transport(request) {
  const known = transports.get(request.headers['mcp-session-id']);
  if (known) {
    return known;
  }
  const fresh = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => transports.set(id, fresh),
  });
  await made().connect(fresh);
  return fresh;
}

const http = createServer(async (request, response) => {
  if (request.url === '/moved') {
    response.writeHead(307, { Location: '/mcp' }).end();
  } else if (secret && request.headers.authorization !== `Bearer ${secret}`) {
    response.writeHead(401).end();
  } else {
    (await transport(request)).handleRequest(request, response);
  }
});
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
