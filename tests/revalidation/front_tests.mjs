// SPDX-License-Identifier: Apache-2.0
// Tests of function from the front on rendered people: how many repetitions `reprise assess` counts of single-leg
// squats, step-downs and squats, and whether their side is the true one; a refusal counts none. Drawn
// by a computer: no figure here is accuracy on people.
//
//   node tests/revalidation/front_tests.mjs [FOLDER]
//
// FOLDER, or REPRISE_RENDERED, holds what `make rendered` writes.
import { renderedClips, renderedFolder, run } from './rendered.mjs';

const TESTS = ['single_leg_squat', 'step_down', 'squat'];

/** The sides of the repetitions that count; null: a midline movement. None where the clip is refused. */
function sidesOf(test, video) {
  try {
    const { tables } = JSON.parse(run('assess', test, video, '--json'));
    return tables[0].rows.filter(({ note }) => !note).map(({ side }) => side);
  } catch (failure) {
    if (failure.status === 5) return [];
    throw failure;
  }
}

let wrong = 0;
for (const { name, view, video, truth } of renderedClips(renderedFolder(), (of) => of)) {
  if (view !== 'front' || !TESTS.includes(truth.exercise)) continue;
  const sides = sidesOf(truth.exercise, video);
  const other = sides.filter((side) => side !== truth.side).length;
  wrong += other;
  console.log(`${name}: ${sides.length} of ${truth.repetitions.length} counted, ${other} of another side`);
}
// A bend of the wrong leg is worse than none.
if (wrong > 0) process.exit(1);
