// SPDX-License-Identifier: Apache-2.0
// A client made with the public SDK: takes orders as lines of JSON, answers each with one.
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

const [url, ...fields] = process.argv.slice(2);
const headers = Object.fromEntries(fields.map((field) => field.split(/: (.*)/, 2)));
const client = new Client({ name: 'test', version: '1.0.0' });
const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
let changes = 0;
client.setNotificationHandler(ToolListChangedNotificationSchema, () => { changes += 1; });

const orders = {
  connect: async () => {
    await client.connect(transport);
    return { server: client.getServerVersion(), version: transport.protocolVersion, session: transport.sessionId };
  },
  list: async () => (await client.listTools()).tools,
  call: ({ name, arguments: given }) => client.callTool({ name, arguments: given }),
  changes: async () => changes,
  end: async () => {
    await transport.terminateSession();
    await client.close();
    return true;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  let answer;
  try {
    answer = { result: await orders[order.op](order) };
  } catch (e) {
    answer = { error: { message: e.message, code: e.code, data: e.data } };
  }
  console.log(JSON.stringify(answer));
}
process.exit(0);
