// SPDX-License-Identifier: Apache-2.0
// A slow network between browser and server, for everything that the browser asks for: pages, workers and the service
// worker, which Chromium's own throttling leaves out. Counts what comes.
//
//   const network = await open_slow_network(FAST_3G);  network.lead_to(server.origin);  … network.kilobytes();

import { createServer, request as ask_server } from 'node:http';

/** Lighthouse's profile of a phone: milliseconds a round trip, bits a second to the browser. */
export const FAST_3G = { round_trip_ms: 150, bits_per_s: 1.6e6 };

const PIECE = 8192;
const wait = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** @param {{ round_trip_ms: number, bits_per_s: number }} profile */
export async function open_slow_network({ round_trip_ms, bits_per_s }) {
  let target;
  let free_at = 0; // When the line has carried all it was given.
  const came = new Map();

  /** One line for all answers: each piece waits for those before it. */
  async function carry(bytes) {
    const now = performance.now();
    free_at = Math.max(now, free_at) + (bytes.length * 8 * 1000) / bits_per_s;
    if (free_at > now) await wait(free_at - now);
  }

  const server = createServer((request, response) => {
    const onward = ask_server(
      `${target}${request.url}`,
      { method: request.method, headers: request.headers },
      async (answer) => {
        const path = new URL(request.url, 'http://localhost').pathname;
        try {
          await wait(round_trip_ms);
          response.writeHead(answer.statusCode, answer.headers);
          for await (const chunk of answer) {
            came.set(path, (came.get(path) ?? 0) + chunk.length);
            for (let at = 0; at < chunk.length; at += PIECE) {
              const piece = chunk.subarray(at, at + PIECE);
              await carry(piece);
              response.write(piece);
            }
          }
          response.end();
        } catch {
          response.destroy();
        }
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    origin: `http://localhost:${server.address().port}`,
    lead_to(origin) {
      target = origin;
    },
    /** Of the bodies that came so far, as compressed; headers are left out. */
    kilobytes: () => [...came.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000,
    /** [path, kB], the largest first. */
    by_path: () => [...came].map(([path, bytes]) => [path, bytes / 1000]).toSorted(([, one], [, other]) => other - one),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
