// SPDX-License-Identifier: Apache-2.0
// Stances heel to toe by camera on rendered people: how many are timed, whether the foot in front is the true one, and
// how far the times are from the truth. Of other stances in the folder none may be timed. Drawn by a computer: no
// figure here is accuracy on people.
//
//   make rendered SEED=82 CLIPS=6 OUT=stances ARGS="--exercise tandem_stance --views front,oblique45,side90
//     --repetitions 2 --size 480"
//   node tests/revalidation/tandem.mjs stances
//
// A recording NAME.landmarks.json beside its video is read instead of it.
import fs from 'node:fs';
import { mean, renderedClips, renderedFolder, run } from './rendered.mjs';

/** The rows of the stances that are timed; none where the clip is refused. */
function stancesOf(video) {
  const landmarks = video.replace(/\.mp4$/, '.landmarks.json');
  try {
    const { tables } = JSON.parse(
      run('assess', 'tandem_stance', fs.existsSync(landmarks) ? landmarks : video, '--json'),
    );
    return tables[0].rows.filter(({ note }) => !note);
  } catch (failure) {
    if (failure.status === 5) return [];
    throw failure;
  }
}

const views = new Map(); // view -> { asked, errors }
let wrongSide = 0;
let none = 0; // stances timed where there was none
for (const { name, view, video, truth } of renderedClips(renderedFolder(), (of) => of)) {
  const rows = stancesOf(video);
  const stood = truth.exercise === 'tandem_stance' ? truth.repetitions : [];
  if (!views.has(view)) views.set(view, { asked: 0, errors: [] });
  const of = views.get(view);
  of.asked += stood.length;
  for (const row of rows) {
    const middle = (row.start_s + row.end_s) / 2;
    const held = stood.find(({ extreme_s, hold_end_s }) => middle >= extreme_s && middle <= hold_end_s);
    if (!held) none += 1;
    else {
      if (row.side !== truth.side) wrongSide += 1;
      of.errors.push(row.end_s - row.start_s - (held.hold_end_s - held.extreme_s));
    }
    const error = held ? `${of.errors.at(-1).toFixed(2)} s` : 'none was stood';
    console.log(`${name}: ${row.start_s.toFixed(2)} to ${row.end_s.toFixed(2)} s, ${row.side}: ${error}`);
  }
}
console.log('\n| View | Stood | Timed | Mean error | Largest |\n|---|---|---|---|---|');
for (const [view, { asked, errors }] of views) {
  const largest = Math.max(...errors.map(Math.abs));
  const figures = errors.length > 0 ? `${mean(errors).toFixed(2)} s | ${largest.toFixed(2)} s` : '– | –';
  console.log(`| ${view} | ${asked} | ${errors.length} | ${figures} |`);
}
console.log(`\nanother side than the true one: ${wrongSide}; timed where none was stood: ${none}`);
// A stance of the wrong foot, or of none, is worse than a refusal.
if (wrongSide + none > 0) process.exit(1);
