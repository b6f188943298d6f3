// SPDX-License-Identifier: Apache-2.0
// Tries what it is told to, and answers how each of that went: ok, or what the system said.
'use strict';
const http = require('node:http');
const { appendFileSync, closeSync, openSync, readFileSync, readSync, readdirSync } = require('node:fs');
const readline = require('node:readline');

const manifest = JSON.parse(readFileSync(`${__dirname}/plugin.json`, 'utf8'));
const routes = [{ method: 'POST', path: '/try' }, { method: 'POST', path: '/hang' }];
let hangs = false;

const deeds = {
  read: (what) => {
    const file = openSync(what, 'r');
    try { readSync(file, Buffer.alloc(1), 0, 1, 0); } finally { closeSync(file); }
  },
  list: (what) => readdirSync(what),
  write: (what) => appendFileSync(what, ''),
  end: (what) => process.kill(Number(what), 'SIGKILL'),
  stop: (what) => process.kill(Number(what), 'SIGSTOP'),
};

function attempt(line) {
  const [name, what] = line.split(/ (.*)/);
  try {
    deeds[name](what);
    return 'ok';
  } catch (e) {
    return e.code || String(e);
  }
}

const answers = {
  '/metadata': () => ({ ...manifest, routes, tools: [], protocol: 1 }),
  '/health': () => ({ status: 'ok', timestamp: new Date().toISOString(), checks: {} }),
  '/disable': () => ({ success: true }),
};

const server = http.createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (piece) => { text += piece; }).on('end', () => {
    if (hangs) return;
    hangs = request.url === '/hang';
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const tried = () => ({ pid: process.pid, home: process.env.HOME, got: text.split('\n').map(attempt) });
    response.end(JSON.stringify((answers[request.url] || tried)()));
  });
});
server.keepAliveTimeout = 30000;
readline.createInterface({ input: process.stdin })
  .once('line', () => server.listen(Number(process.env.MORTISE_WORKER_PORT), '127.0.0.1'))
  .on('close', () => process.exit(0));
