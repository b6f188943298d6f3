// SPDX-License-Identifier: Apache-2.0
// A plugin in a process of its own: HTTP, standard input and environment are all that it knows of Mortise.
'use strict';
const { createHmac, randomUUID, timingSafeEqual } = require('node:crypto');
const { readFileSync } = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');

const PLUGIN = process.env.MORTISE_PLUGIN_ID || 'email';
const MAX_BYTES = 1 << 20;
const MAX_KEPT = 1000;
const manifest = JSON.parse(readFileSync(path.join(__dirname, 'plugin.json'), 'utf8'));
const declared = manifest.api.services[0].endpoints.map(({ method, path: at }) => ({ method, path: at }));
const tools = [{
  name: 'send_email',
  description: 'Sends a message',
  inputSchema: {
    type: 'object',
    properties: { to: { type: 'string' }, subject: { type: 'string' }, text: { type: 'string' } },
    required: ['to', 'subject'],
  },
}];

/** What the container gave: the key that signs its calls, and settings and credentials by tenant. */
const given = { hopKey: '', tenants: {} };
const outboxes = new Map();

// Standard input: the first line gives all, later ones replace parts of it, its end is the end.
readline.createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { tenants, ...rest } = JSON.parse(line);
    Object.assign(given, rest);
    Object.assign(given.tenants, tenants);
    if (!server.listening) {
      server.listen(Number(process.env.MORTISE_WORKER_PORT), '127.0.0.1');
    }
  })
  .on('close', () => process.exit(0));

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Returns the claims of the token that every call carries (RFC 7519, HS256), or refuses. */
function claims(request) {
  const [header, payload, signature] = String(request.headers['x-mortise-token'] || '').split('.');
  if (!signature || !given.hopKey) {
    throw new Refusal(401, 'A token is missing.');
  }
  const expected = createHmac('sha256', Buffer.from(given.hopKey, 'base64url')).update(`${header}.${payload}`).digest();
  const actual = Buffer.from(signature, 'base64url');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new Refusal(401, 'The token is not signed by the container.');
  }
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const token = read(payload);
  if (read(header).alg !== 'HS256' || ![token.aud].flat().includes(PLUGIN) || !(token.exp > Date.now() / 1000)) {
    throw new Refusal(401, 'The token is not for this call.');
  }
  return token;
}

function outbox(tenant) {
  if (!tenant) {
    throw new Refusal(400, 'A tenant is missing.');
  }
  return outboxes.get(tenant) || outboxes.set(tenant, []).get(tenant);
}

function send(tenant, { to, subject, text = '' }) {
  if (typeof to !== 'string' || !to.includes('@') || typeof subject !== 'string' || subject === '') {
    throw new Refusal(400, "'to' is an address and 'subject' is not empty.");
  }
  const { from = 'noreply@example.org' } = (given.tenants[tenant] || {}).config || {};
  const message = { id: randomUUID(), from, to, subject, text, sentAt: new Date().toISOString() };
  const sent = outbox(tenant);
  sent.push(message);
  sent.splice(0, sent.length - MAX_KEPT);
  console.log(`INFO message ${message.id} sent`);
  return message;
}

const open = {
  'GET /metadata': () => [200, { ...manifest, routes: declared, tools, protocol: 1 }],
  'GET /health': () => [200, { status: 'ok', timestamp: new Date().toISOString(), checks: {} }],
};

const routes = {
  'POST /validate-auth': (body) => {
    const { apiKey } = (body.authState || {}).credentials || {};
    return [200, apiKey ? { valid: true } : { valid: false, message: 'An API key is missing.' }];
  },
  'POST /config-update': ({ tenant, config }) => {
    given.tenants[tenant] = { ...given.tenants[tenant], config };
    return [200, { success: true }];
  },
  'POST /disable': ({ tenant }) => {
    outboxes.delete(tenant);
    if (!tenant) {
      server.close(() => process.exit(0));
    }
    return [200, { success: true }];
  },
  'GET /mcp/list-tools': () => [200, { tools }],
  'POST /mcp/call-tool': ({ toolName, arguments: message }, tenant) => {
    if (toolName !== tools[0].name) {
      throw new Refusal(404, `There is no tool '${toolName}'.`);
    }
    return [200, { content: [{ type: 'text', text: `Sent as ${send(tenant, message || {}).id}.` }] }];
  },
  'POST /messages': (body, tenant) => [201, { data: send(tenant, body) }],
  'GET /messages': (body, tenant) => [200, { data: outbox(tenant), total: outbox(tenant).length }],
};

async function content(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > MAX_BYTES) {
      throw new Refusal(413, 'The body is too long.');
    }
    pieces.push(piece);
  }
  try {
    return size === 0 ? {} : JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw new Refusal(400, 'The body is no JSON.');
  }
}

async function answer(request) {
  const name = `${request.method} ${request.url.split('?')[0]}`;
  if (open[name]) {
    return open[name]();
  }
  const { tenant } = claims(request);
  if (!routes[name]) {
    throw new Refusal(404, 'There is no such path.');
  }
  return routes[name](await content(request), tenant);
}

const server = http.createServer(async (request, response) => {
  const [status, value] = await answer(request).catch((fault) => {
    if (!fault.status) {
      console.error(fault.stack);
    }
    return [fault.status || 500, { status: fault.status || 500, detail: fault.status ? fault.message : 'It failed.' }];
  });
  const close = server.listening ? {} : { Connection: 'close' };
  response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...close });
  response.end(JSON.stringify(value));
});
server.keepAliveTimeout = 30000;
