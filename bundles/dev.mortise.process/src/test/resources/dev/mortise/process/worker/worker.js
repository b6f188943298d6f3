// SPDX-License-Identifier: Apache-2.0
// A worker that does what a test asks of it.
'use strict';
const http = require('node:http');
const { spawn } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const manifest = JSON.parse(readFileSync('plugin.json', 'utf8'));
const mode = process.argv[2] || '';
const lines = [];
const heard = [];
let health = [200, { status: 'ok' }];
let calls = 0;
let rest = '';
let deaf = mode === 'deaf';

if (mode === 'noisy') { for (let i = 0; i < 500; i++) console.log(`line ${i}`); }
if (mode === 'hog') { const kept = []; setInterval(() => kept.push(Buffer.alloc(8 << 20, 1)), 5); }
if (mode === 'dies') { console.error('ERROR no license'); process.exit(3); }
if (mode === 'odd-dies' && Number(process.env.MORTISE_WORKER_PORT) % 2) process.exit(3);
if (mode !== 'unread') {
  process.stdin.setEncoding('utf8').on('data', (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    lines.push(...parts.map((line) => JSON.parse(line)));
  }).on('end', () => { if (mode !== 'stubborn') process.exit(0); });
}
if (mode === 'stubborn') process.on('SIGTERM', () => console.log('INFO not yet'));

const actions = {
  'GET /metadata': () => mode === 'other' ? [200, { id: 'other', version: '9.0.0' }]
    : [200, { ...manifest, routes: [{ method: 'GET', path: '/tell' }], tools: [{ name: 'sum' }], protocol: 1 }],
  'GET /health': () => health,
  'GET /tell': () => [200, { lines, heard, pid: process.pid, env: process.env, argv: process.argv, cwd: process.cwd(), calls: ++calls }],
  'POST /validate-auth': (body) => [200, { valid: body.authState.credentials.key === 'good', message: 'key' }],
  'POST /config-update': () => [200, { success: true }],
  'POST /disable': (body) => {
    if (!body.tenant && mode !== 'stubborn') setTimeout(() => process.exit(0), 20);
    return [200, { success: true }];
  },
  'POST /health': (body) => { health = [body.status, body.body]; return [200, {}]; },
  'POST /deafen': () => { deaf = true; return [200, {}]; },
  'POST /exit': (body) => { setTimeout(() => process.exit(body.status), 5); return [200, {}]; },
  'POST /fork': (body) => {
    const child = spawn('sleep', ['600'], { detached: body.detached, stdio: 'ignore' });
    child.unref();
    return [200, { pid: child.pid }];
  },
  'POST /say': (body) => { process[body.to].write(body.text); return [200, {}]; },
};

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => { body += piece; }).on('end', () => {
    const name = `${request.method} ${request.url}`;
    if (deaf || request.url === '/hang') return;
    if (request.url !== '/health' && request.url !== '/tell') heard.push({ name, body, headers: request.headers });
    const [status, value] = (actions[name] || (() => [404, {}]))(body ? JSON.parse(body) : {});
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  });
});
// the one that lives comes after the one that dies
setTimeout(() => server.listen(Number(process.env.MORTISE_WORKER_PORT), '127.0.0.1'), mode === 'odd-dies' ? 1500 : 0);
