// SPDX-License-Identifier: Apache-2.0
// Answers what it is asked, and writes down in a file outside what it was told, once for each time that it was told.
'use strict';
const http = require('node:http');
const { appendFileSync, readFileSync } = require('node:fs');
const readline = require('node:readline');

const manifest = JSON.parse(readFileSync(`${__dirname}/plugin.json`, 'utf8'));
const journal = readFileSync(`${__dirname}/journal.path`, 'utf8');
const routes = [{ method: 'GET', path: '/entries/{id}' }, { method: 'POST', path: '/entries/{id}' }];
const answers = {
  '/metadata': () => ({ ...manifest, routes, tools: [], protocol: 1 }),
  '/health': () => ({ status: 'ok', timestamp: new Date().toISOString(), checks: {} }),
  '/disable': () => ({ success: true }),
};

function entry(request) {
  const id = request.url.split('/')[2];
  if (request.method === 'POST') {
    appendFileSync(journal, `${id}\n`);
  }
  return { id, pid: process.pid };
}

const server = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify((answers[request.url] || (() => entry(request)))()));
  });
});
server.keepAliveTimeout = 30000;
readline.createInterface({ input: process.stdin })
  .once('line', () => server.listen(Number(process.env.MORTISE_WORKER_PORT), '127.0.0.1'))
  .on('close', () => process.exit(0));
