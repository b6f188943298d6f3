// SPDX-License-Identifier: Apache-2.0
// The plugin of the contract suite as a program that knows the wire alone; answers what the classes in plugins/rows answer.
'use strict';
const { readFileSync } = require('node:fs');
const http = require('node:http');
const readline = require('node:readline');

const manifest = JSON.parse(readFileSync(`${__dirname}/plugin.json`, 'utf8'));
const routes = manifest.api.services[0].endpoints.map(({ method, path }) => ({ method, path }));
const plain = { type: 'object' };
const tools = [
  { name: 'say', description: 'Says a word.', inputSchema: { ...plain, properties: { word: { type: 'string', maxLength: 9 } } } },
  { name: 'fail', description: 'Fails.', inputSchema: plain },
  { name: 'guarded', description: 'Not for everybody.', inputSchema: plain, permissions: ['plugin.rows.tool'] },
];
const LARGE = 3 * 1024 * 1024;

const given = { credential: '', tenants: {} };
const state = { mood: 'OK', late: 'none', end: 'open', ticks: 0, waiting: null };

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

async function content(request) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const mortise = (request, name) => request.headers[`x-mortise-${name}`];
const json = (value) => [200, { 'Content-Type': 'application/json' }, JSON.stringify(value)];
const text = (value) => [200, { 'Content-Type': 'text/plain;charset=utf-8' }, value];

/** Each answers [status, fields, content], or nothing when it answers by itself. */
const handlers = {
  'GET /bytes': () => [200, { 'Content-Type': 'application/octet-stream' }, Buffer.from([...Array(256).keys()])],
  'GET /guarded': () => text('guarded'),
  'GET /fields': () => [200, {
    'Content-Type': 'text/plain', 'X-Many': ['one', 'two, three'], 'X-Empty': '', 'Set-Cookie': ['a=1; Path=/', 'b=2'],
    'x-lower': 'kept', Connection: 'X-Hop', 'X-Hop': 'for one connection',
  }, 'fields'],
  'GET /status': (request, code) =>
    [Number(code), { 'Content-Type': 'text/plain', 'X-Status': `is ${code}` }, `status ${code}`],
  'GET /text': () => text('words '.repeat(2000)),
  'GET /tagged': () => [200, { 'Content-Type': 'text/plain', ETag: '"one"' }, 'tagged'],
  'GET /large': (request, kind, response) => {
    const type = { 'Content-Type': 'application/x-large' };
    if (kind === 'known') {
      return [200, type, Buffer.alloc(LARGE)];
    }
    response.writeHead(200, type);
    response.write('0123456789abcdef'.repeat(LARGE / 32));
    response.end('0123456789abcdef'.repeat(LARGE / 32));
    return undefined;
  },
  'POST /echo': async (request) => [200, {
    'Content-Type': request.headers['content-type'] || 'none',
    'X-Length': request.headers['transfer-encoding'] ? 'unknown' : request.headers['content-length'] || '0',
  }, await content(request)],
  'ANY /seen': seen,
  'GET /fault': (request, kind, response) => {
    if (kind === 'own') {
      return [422, { 'Content-Type': 'application/problem+json' }, '{"type":"urn:own","status":422,"detail":"its own"}'];
    }
    if (kind === 'half') {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      response.write('half', () => response.destroy());
      return undefined;
    }
    const problem = { type: 'about:blank', status: 500, code: 'INTERNAL', detail: `It failed: ${kind}` };
    return [500, { 'Content-Type': 'application/problem+json' }, JSON.stringify(problem)];
  },
  'GET /context': (request, how) => (how ? [404, {}, 'There is no such context.'] : json({
    tenant: mortise(request, 'tenant'), user: mortise(request, 'user'), caller: mortise(request, 'caller'),
    permissions: mortise(request, 'roles').split(',').filter((name) => name), requestId: mortise(request, 'request-id'),
    trace: (request.headers.traceparent || '').split('-')[1], hop: Number(mortise(request, 'hop')),
    millis: Number(mortise(request, 'deadline-ms')),
  })),
  'GET /life': () => text('none'),
  'GET /given': (request) => {
    const { config = {}, auth } = given.tenants[mortise(request, 'tenant')] || {};
    const { colour = 'red', size = 7 } = config;
    return text(`colour ${colour}, size ${size}, key ${auth ? auth.credentials.apiKey : 'none'}`);
  },
  'POST /mood': (request, mood) => {
    state.mood = mood;
    return [204, {}, ''];
  },
  'GET /pieces': (request, what, response) => {
    if (what === 'end') {
      return text(state.end);
    }
    state.end = 'open';
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const tell = () => {
      for (; state.ticks > 0; state.ticks--) {
        response.write('data: tick\n\n');
      }
    };
    state.waiting = tell;
    response.on('close', () => { state.end = 'broken off'; });
    tell();
    return undefined;
  },
  'POST /pieces': () => {
    state.ticks++;
    if (state.waiting) {
      state.waiting();
    }
    return [204, {}, ''];
  },
  'POST /conversation': async (request, none, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    for await (const piece of request) {
      response.write(`<${piece}>`);
    }
    response.end();
  },
  'POST /late': (request, none, response) => {
    state.late = 'waits';
    response.on('close', () => { state.late = 'gone'; });
    return undefined;
  },
  'GET /late': () => text(state.late),
  'GET /back': (request, what, response) => {
    if (what === 'log') {
      console.log(`WARN line ${request.url.split('=')[1]} of the plugin`);
      return [204, {}, ''];
    }
    return what === 'context' ? mate(request, response) : [404, {}, 'There is no such call.'];
  },
  'GET /metadata': () => json({ ...manifest, routes, tools, protocol: 1 }),
  'GET /mcp': () => json({ tools }),
  'POST /mcp': async (request) => {
    const { toolName, arguments: wanted = {} } = JSON.parse(await content(request));
    if (!tools.some(({ name }) => name === toolName)) {
      return [404, {}, 'There is no such tool.'];
    }
    const said = toolName === 'fail' ? 'There is no such word.' : `${wanted.word} for ${mortise(request, 'tenant')}`;
    return json({ content: [{ type: 'text', text: said }], isError: toolName === 'fail' });
  },
  'GET /health': () => {
    const status = { OK: 'ok', WARN: 'degraded' }[state.mood];
    return json({ status: status || 'down', timestamp: new Date().toISOString(), checks: {} });
  },
  'POST /validate-auth': async (request) => {
    const { apiKey } = JSON.parse(await content(request)).authState.credentials;
    return json(apiKey.startsWith('good') ? { valid: true } : { valid: false, message: 'This key is not known.' });
  },
  'POST /config-update': async (request) => {
    const { tenant, config } = JSON.parse(await content(request));
    given.tenants[tenant] = { ...given.tenants[tenant], config };
    return json({ success: true });
  },
  'POST /disable': async (request) => {
    const { tenant } = JSON.parse(await content(request) || '{}');
    if (!tenant) {
      server.close(() => process.exit(0));
    }
    return json({ success: true });
  },
};

async function seen(request, value) {
  const hidden = (name) => name.startsWith('x-mortise-') || name === 'traceparent' || name === 'host'
    || name === 'connection' || name === 'transfer-encoding';
  const url = new URL(request.url, 'http://any');
  const query = {};
  for (const [name, one] of url.searchParams) {
    query[name] = [...(query[name] || []), one];
  }
  return json({
    method: request.method,
    path: decodeURIComponent(request.url.split('?')[0]),
    value,
    query,
    fields: {
      ...Object.fromEntries(Object.entries(request.headersDistinct).filter(([name]) => !hidden(name))),
      host: [mortise(request, 'host')],
    },
    content: (await content(request)).toString('utf8'),
  });
}

/** Calls another plugin through the core, with what the request said of the call that it is part of. */
function mate(request, response) {
  const headers = {
    Authorization: `Bearer ${given.credential}`,
    'X-Request-Id': mortise(request, 'request-id'),
    'X-Mortise-Hop': mortise(request, 'hop'),
    'X-Mortise-Deadline-Ms': mortise(request, 'deadline-ms'),
    'X-Mortise-Behalf': mortise(request, 'behalf'),
  };
  http.get(`${process.env.MORTISE_CORE_URL}/api/v1/s/mate.things/context/bound`, { headers }, (answer) => {
    response.writeHead(answer.statusCode, { 'Content-Type': answer.headers['content-type'] });
    answer.pipe(response);
  });
  return undefined;
}

const server = http.createServer(async (request, response) => {
  const [, first, ...rest] = request.url.split('?')[0].split('/');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const handler = handlers[`${method} /${first}`] || handlers[`ANY /${first}`];
  const value = rest.length > 0 ? decodeURIComponent(rest.join('/')) : undefined;
  const answer = handler ? await handler(request, value, response) : [404, {}, 'There is no such path.'];
  if (answer) {
    const [status, fields, body] = answer;
    const empty = status === 204 || status === 304;
    response.writeHead(status, empty ? fields : { ...fields, 'Content-Length': Buffer.byteLength(body) });
    response.end(empty ? undefined : body);
  }
});
server.keepAliveTimeout = 30000;
