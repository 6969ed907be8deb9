// SPDX-License-Identifier: Apache-2.0
// A network between browser and server that fails on demand.
//
//   const proxy = await open_proxy();  proxy.lead_to(server.origin);  proxy.fail('after', 2);  …  proxy.heal();
//   proxy.close();

import { createServer, request as ask_server } from 'node:http';

/**
 * How it fails: without a connection at all; or results (POST /fhir) alone are cut off before the server hears of them,
 * in their midst, after the server has taken them but before it is heard, or no answer ever comes.
 */
export const FAILURES = ['down', 'before', 'within', 'after', 'silent'];

async function body_of(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

export async function open_proxy() {
  let target;
  let failure;
  let left = 0;
  const silent = new Set();
  const failed = Object.fromEntries(FAILURES.map((how) => [how, 0]));

  /** Hands a request on; with `length` only so much of its body, and then nothing more. */
  const forward = (request, body, length = body.length) =>
    new Promise((resolve, reject) => {
      const onward = ask_server(
        `${target}${request.url}`,
        { method: request.method, headers: request.headers, agent: false },
        async (answer) => {
          resolve({ status: answer.statusCode, headers: answer.headers, body: await body_of(answer).catch(reject) });
        },
      );
      onward.on('error', reject);
      if (length === body.length) onward.end(body);
      else onward.write(body.subarray(0, length), () => onward.destroy(new Error('cut')));
    });

  const server = createServer(async (request, response) => {
    const cut = () => request.socket.destroy();
    try {
      const body = await body_of(request);
      const result = request.method === 'POST' && request.url.startsWith('/fhir');
      const how = failure === 'down' || (result && left > 0) ? failure : undefined;
      if (how) {
        failed[how] += 1;
        left -= 1;
      }
      if (how === 'down' || how === 'before') return cut();
      if (how === 'silent') return silent.add(request.socket);
      if (how === 'within') {
        await forward(request, body, Math.floor(body.length / 2)).catch(() => {});
        return cut();
      }
      const answer = await forward(request, body);
      if (how === 'after') return cut();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch {
      cut(); // the server is not there
    }
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const heal = () => {
    failure = undefined;
    left = 0;
    for (const socket of silent) socket.destroy();
    silent.clear();
  };
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    lead_to(origin) {
      target = origin;
    },
    /** `count`: of results; "down" lasts until it is healed. */
    fail(how, count = 1) {
      failure = how;
      left = count;
    },
    heal,
    /** How often it failed in each way. */
    failed,
    close() {
      heal();
      server.close();
      server.closeAllConnections();
    },
  };
}
