// SPDX-License-Identifier: Apache-2.0
// Answers where it runs; all that it needs of the contract of workers.
'use strict';
const http = require('node:http');
const { readFileSync } = require('node:fs');
const readline = require('node:readline');

const manifest = JSON.parse(readFileSync(`${__dirname}/plugin.json`, 'utf8'));
const answers = {
  'GET /metadata': { ...manifest, routes: [{ method: 'GET', path: '/place' }], tools: [], protocol: 1 },
  'GET /health': { status: 'ok', timestamp: new Date().toISOString(), checks: {} },
  'GET /place': { place: 'worker' },
  'POST /disable': { success: true },
};
const server = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const answer = answers[`${request.method} ${request.url}`];
    response.writeHead(answer ? 200 : 404, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer || {}));
  });
});
server.keepAliveTimeout = 30000;
readline.createInterface({ input: process.stdin })
  .once('line', () => server.listen(Number(process.env.MORTISE_WORKER_PORT), '127.0.0.1'))
  .on('close', () => process.exit(0));
