// SPDX-License-Identifier: Apache-2.0
// What the scripts that compare signals with reference recordings share.
import { execFileSync } from 'node:child_process';
import { reprise } from './recordings.mjs';

export const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** 95 % interval of a statistic by bootstrap, always the same one for the same values. */
export function interval(values, statistic, rounds = 2000) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const found = Array.from({ length: rounds }, () =>
    statistic(values.map(() => values[Math.floor(random() * values.length)])),
  ).sort((a, b) => a - b);
  return [found[Math.floor(0.025 * rounds)], found[Math.ceil(0.975 * rounds) - 1]];
}

export const shown = (values, statistic, digits, unit = '') => {
  const [low, high] = interval(values, statistic);
  return `${statistic(values).toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]${unit}`;
};

/** What `reprise KIND FILE… --json` prints. */
export const measured = (kind, ...options) =>
  JSON.parse(execFileSync(reprise, [kind, ...options, '--json'], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 2] }));

/** The value of a measure, of a side or of the whole. */
export const measureOf = ({ values }, measure, side = null) =>
  values.find((one) => one.measure === measure && one.side === side)?.value;

/** Prints each figure with its limit; the exit code says whether all hold. */
export function judge(figures) {
  let missed = 0;
  for (const { what, text, holds } of figures) {
    if (holds === false) missed += 1;
    console.log(`  ${holds === undefined ? '      ' : holds ? 'holds ' : 'MISSED'} ${what}: ${text}`);
  }
  process.exitCode = missed > 0 ? 1 : 0;
}
