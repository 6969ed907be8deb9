// SPDX-License-Identifier: Apache-2.0
// The same fixed sessions natively and in WebAssembly: everything equal, numbers within the limits of docs/accuracy.md.
//
//   node tests/golden/native_and_wasm.mjs [--native PROGRAM] [--wasm PROGRAM.js] [--every 1]
//
// --every 5: of every fifth exercise alone.
// Values computed by a sine, cosine, arc tangent or complex division of the two C libraries may differ in their last
// bits; counts, events, texts and missing values may not differ at all. Prints the largest differences.

import { fixedSessions, root } from './fixed_sessions.mjs';

function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
}

// Largest difference allowed, by where the number stands; the first row that fits counts. `session` is rounded for
// people: where a value lies between two roundings, one unit of its last place.
const limits = [
  [/^\/filtered\/one_euro/, 0, 'One Euro filter (live), of noise with a deviation of 1'],
  [/^\/filtered/, 1e-12, 'Butterworth and Savitzky-Golay filters of the same'],
  [/^\/raw\/poses_m/, 1e-12, 'landmarks, m'],
  [/^\/raw\/series/, 1e-12, 'measures over time, rad or ratio'],
  [/^\/raw\/repetitions\/\d+\/times_s/, 0, 'boundaries of repetitions, s'],
  [/^\/raw\/repetitions\/\d+\/smoothness/, 1e-12, 'smoothness'],
  [/^\/raw\/repetitions\/\d+\/score/, 1e-10, 'quality score'],
  [/^\/raw\/repetitions/, 1e-12, 'ranges, faults and speeds, rad or ratio'],
  [/^\/session\/exercise\/events/, 0, 'session.json: events'],
  [/^\/session\/exercise\/(frames|summary\/(repetitions|other))/, 0, 'session.json: counts'],
  [/score|quality|percent|peak_speed|points/, 0.1000001, 'session.json: quality, %, degrees a second'],
  [/_deg|values/, 0.0100001, 'session.json: degrees'],
  [/^/, 0.0010001, 'session.json: the rest'],
];

/** Largest difference of numbers by row of `limits`; what else differs goes to `problems`. */
function compare(a, b, path, largest, problems) {
  if (typeof a === 'number' && typeof b === 'number') {
    const row = limits.findIndex(([pattern]) => pattern.test(path));
    const difference = Math.abs(a - b);
    largest[row] = Math.max(largest[row] ?? 0, difference);
    if (difference > limits[row][1]) problems.push(`${path}: ${a} natively, ${b} in WebAssembly`);
  } else if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object') {
    const keys = Object.keys(a);
    if (keys.join() !== Object.keys(b).join()) problems.push(`${path}: other fields or another length`);
    else for (const key of keys) compare(a[key], b[key], `${path}/${key}`, largest, problems);
  } else if (a !== b) {
    problems.push(`${path}: ${a} natively, ${b} in WebAssembly`);
  }
}

const every = Number(option('--every', '1'));
const native = fixedSessions(option('--native', `${root}build/release/tests/golden/reprise_golden_sessions`), every);
const wasm = fixedSessions(option('--wasm', `${root}build/wasm/tests/golden/reprise_golden_sessions.js`), every);
const problems = [];
const largest = [];

compare({ filtered: native.filtered }, { filtered: wasm.filtered }, '', largest, problems);
if (native.sessions.length !== wasm.sessions.length) problems.push('other sessions');
let repetitions = 0;
native.sessions.forEach((one, i) => {
  const name = `${one.exercise} ${one.options.fault ?? ''}`;
  const here = [];
  compare(one, wasm.sessions[i] ?? {}, '', largest, here);
  problems.push(...here.map((problem) => `${name}${problem}`));
  repetitions += one.session.exercise.summary.repetitions_complete;
});
console.log(`${native.sessions.length} sessions, ${repetitions} repetitions`);
console.log('largest difference    limit');
limits.forEach(([, limit, what], row) => {
  console.log(`${(largest[row] ?? 0).toExponential(1).padStart(18)} ${limit.toExponential(0).padStart(8)}  ${what}`);
});
for (const problem of problems.slice(0, 20)) console.error(problem);
if (problems.length > 20) console.error(`and ${problems.length - 20} more`);
process.exitCode = problems.length === 0 && repetitions > 0 ? 0 : 1;
