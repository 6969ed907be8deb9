// SPDX-License-Identifier: Apache-2.0
// Prints how well tests of function are measured from landmarks of drawn people with known movements (simulated): the
// tables of docs/accuracy.md. Then counts in real clips: repetitions counted by eye, and the man who leaps off a roof.
//
//   node tests/revalidation/function_tests.mjs
//
// The clips are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (video/clips, video/walk_jump).

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recording } from './recordings.mjs';
import { judge, measured, measureOf } from './statistics.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const errors = path.join(root, 'build/release/tests/revalidation/reprise_function_test_errors');
const printed = execFileSync(errors, [path.join(root, 'catalog/exercises')], { encoding: 'utf8' });
console.log(printed.trimEnd());

const row = (name) =>
  printed
    .match(new RegExp(`^\\| ${name} \\| \\d+ \\| (.*) \\|`, 'm'))[1]
    .split(' | ')
    .map(Number);
const within = (name, limit) => ({
  what: `${name}, nine of ten within ${limit} s`,
  text: `${row(name)[2]} s`,
  holds: row(name)[2] <= limit,
});

const counted = (test, clip, truth, ...options) => {
  const found = measureOf(measured('assess', test, recording(clip), ...options), 'repetitions');
  return { what: `${test}, ${clip}`, text: `${found} (by eye ${truth})`, holds: found === truth };
};

console.log('\nreal clips:');
judge([
  ...[
    'start of rising',
    'full stand',
    'start of sitting down',
    'seated',
    'start of the test',
    'risen',
    'start and end of turns',
    'start of sitting',
    'seated again',
  ].map((name) => within(name, 0.1)),
  counted('squat', 'video/clips/squat_1.mp4', 5),
  counted('squat', 'video/clips/squat_2_front_cut.mp4', 3),
  counted('squat', 'video/clips/squat_2_side_cut.mp4', 3),
  counted('push_up', 'video/clips/push_up_1.mp4', 2),
  // Four hops of two jumping jacks and one to the side; the leap off the roof, which is not tracked, left out.
  counted('jump', 'video/walk_jump/demo.mp4', 5, '--person', '2'),
]);
