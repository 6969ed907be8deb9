// SPDX-License-Identifier: Apache-2.0
// Runs golden_sessions.cpp, built natively or for the browser.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * {filtered, sessions} as the program prints them, of every `every`-th exercise; a program that ends in .js runs under
 * this node.
 */
export function fixedSessions(program, every = 1) {
  if (!existsSync(program)) {
    throw new Error(`${program} is missing: build reprise_golden_sessions there first (tests/run.sh wasm does)`);
  }
  const [command, ...args] = program.endsWith('.js') ? [process.execPath, program] : [program];
  const output = execFileSync(command, [...args, String(every)], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const [filtered, ...sessions] = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { filtered, sessions };
}
