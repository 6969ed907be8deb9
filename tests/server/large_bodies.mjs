// SPDX-License-Identifier: Apache-2.0
// A hundred megabytes in one request: refused with 413 as soon as that is clear, and never held in memory.
//
//   node tests/server/large_bodies.mjs REPRISE_COMMAND

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { ask, start_server } from './server.mjs';

const server = await start_server(process.argv[2], ['--without-sign-in']);
const { port } = new URL(server.base);
const most_memory_mb = () =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
const megabyte = Buffer.alloc(1024 * 1024, 'x');

/** Sends 100 MB, as far as they are taken; returns the answer and how many megabytes went out before it came. */
async function send(head, piece) {
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  let over = false;
  const closed = new Promise((resolve) => {
    socket.on('close', () => {
      over = true;
      resolve();
    });
  });
  socket.on('error', () => {}); // it stops listening in the middle
  socket.on('data', (text) => {
    answer += text;
  });
  socket.write(
    `POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\n${head}\r\n\r\n`,
  );
  let sent = 0;
  for (; sent < 100 && !over && !answer; sent += 1) {
    if (!socket.write(piece))
      await Promise.race([
        new Promise((resolve) => {
          socket.once('drain', resolve);
        }),
        closed,
      ]);
    await new Promise(setImmediate);
  }
  await closed;
  return { answer, sent };
}

const before = most_memory_mb();
for (const [name, head, piece] of [
  ['its length is said', `Content-Length: ${100 * megabyte.length}`, megabyte],
  [
    'in chunks',
    'Transfer-Encoding: chunked',
    Buffer.concat([Buffer.from('100000\r\n'), megabyte, Buffer.from('\r\n')]),
  ],
]) {
  const { answer, sent } = await send(head, piece);
  assert.match(answer, /^HTTP\/1\.1 413 /, name);
  assert.match(answer, /"resourceType":"OperationOutcome"/, name);
  assert.ok(sent < 60, `${name}: ${sent} MB were taken`);
}
const more = most_memory_mb() - before;
assert.ok(more < 80, `${more} MB of memory`);
assert.equal((await ask(server.base, 'POST', '/Patient', { resourceType: 'Patient' })).status, 201);
assert.equal(await server.stop(), 0);
console.log(`100 MB refused, ${more.toFixed(0)} MB more memory`);
