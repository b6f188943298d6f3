// SPDX-License-Identifier: Apache-2.0
// The measured plugin in Node: answers what its Java twin answers, and no more.
'use strict';
const { readFileSync } = require('node:fs');
const http = require('node:http');
const readline = require('node:readline');

const manifest = JSON.parse(readFileSync(`${__dirname}/plugin.json`, 'utf8'));
const routes = [{ method: 'GET', path: '/answers/{id}' }];
const answers = {
  '/metadata': () => ({ ...manifest, routes, tools: [], protocol: 1 }),
  '/health': () => ({ status: 'ok', timestamp: new Date().toISOString(), checks: {} }),
  '/disable': () => ({ success: true }),
};
const server = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const [path, id] = [request.url.split('?')[0], request.url.split('/')[2]];
    const answer = answers[path] ? answers[path]() : { id, name: 'Claw hammer', quantity: 12, price: 17.5 };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer));
    if (path === '/disable') {
      server.close(() => process.exit(0));
    }
  });
});
server.keepAliveTimeout = 30000;
readline.createInterface({ input: process.stdin })
  .once('line', () => server.listen(Number(process.env.MORTISE_WORKER_PORT), '127.0.0.1'))
  .on('close', () => process.exit(0));
