// SPDX-License-Identifier: Apache-2.0
// A browser on a slow device: each of its processes, so workers too, runs only a part of the time.

import { readdirSync, readFileSync } from 'node:fs';

const PERIOD_MS = 20;

/** The process and all below it. */
function family(root) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // "PID (name) state PPID": the name may hold spaces and brackets.
      const parent = Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      parents.set(Number(name), parent);
    } catch {
      // It has ended since.
    }
  }
  const found = [root];
  for (const one of found) found.push(...[...parents].filter(([, parent]) => parent === one).map(([id]) => id));
  return found;
}

/** Slows `process` and its children to 1/`times` until the returned function is called. Linux only. */
export function slowed(process_id, times) {
  let all = family(process_id);
  const tell = (signal) => {
    for (const id of all) {
      try {
        process.kill(id, signal);
      } catch {
        // It has ended since.
      }
    }
  };
  const started = setInterval(() => {
    all = family(process_id);
  }, 500);
  const period = setInterval(() => {
    tell('SIGSTOP');
    setTimeout(() => tell('SIGCONT'), PERIOD_MS * (1 - 1 / times));
  }, PERIOD_MS);
  return () => {
    clearInterval(started);
    clearInterval(period);
    setTimeout(() => tell('SIGCONT'), PERIOD_MS);
  };
}
