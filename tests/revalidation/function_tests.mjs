// SPDX-License-Identifier: Apache-2.0
// Prints how well tests of function are measured from landmarks of drawn people with known movements (simulated): the
// tables of docs/accuracy.md. Then counts in real clips, by eye, and jumps of recorded human motion before a virtual
// camera, among them walking and running, which hold none.
//
//   node tests/revalidation/function_tests.mjs
//
// The clips are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (video/clips, video/walk_jump,
// motion/cmu).

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { film } from './recorded_people.mjs';
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

const folder = mkdtempSync(path.join(os.tmpdir(), 'reprise-function-'));
/** Jumps of recorded human motion; of none, that none is found. */
function jumps(what, name, part = {}) {
  const [person] = name.split('_');
  return [0, 90].map((azimuth) => {
    const out = path.join(folder, `${name}-${azimuth}.json`);
    const truth = film({
      skeleton: recording(`motion/cmu/${person}.asf`),
      movement: recording(`motion/cmu/${name}.amc`),
      azimuth,
      hz: 60,
      out,
      ...part,
    });
    let rows = [];
    try {
      rows = measured('assess', 'jump', out).tables[0].rows;
    } catch (error) {
      if (error.status !== 5) throw error; // no jump was seen
    }
    const times = rows.map(({ start_s, end_s }) => `${(end_s - start_s).toFixed(2)}`).join(', ');
    const wanted = part.jumps ?? truth.length;
    const true_times = truth.map(({ from, to }) => (to - from).toFixed(2)).join(', ');
    return {
      what: `${what} (${name}), from ${azimuth} degrees`,
      text: `${rows.length} jumps (wanted ${wanted})${times && `, in the air ${times} s (feet: ${true_times})`}`,
      holds: part.judged === false ? undefined : rows.length === wanted,
    };
  });
}

console.log('\nreal clips and recorded motion:');
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
  ...jumps('a jump', '02_04'),
  // Where both feet of this skeleton are up may also be a step onto or off something.
  ...jumps('forward jumps', '01_01', { judged: false }),
  ...jumps('walking', '02_01', { jumps: 0 }),
  ...jumps('running', '02_03', { jumps: 0 }),
  ...jumps('jogging on the spot', '14_14', { from: 3.8, to: 8.7, jumps: 0 }),
]);
