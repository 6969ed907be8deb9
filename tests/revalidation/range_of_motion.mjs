// SPDX-License-Identifier: Apache-2.0
// Range of motion on rendered people, whose angles are known: `reprise assess range_of_motion` on each clip of a folder
// from the recommended view. Error of each trial, how often the stated interval holds the truth, trials found, and the
// standard deviation of what repeated trials are off by, from which the smallest detectable change follows. They are
// drawn by a computer: no figure here is accuracy on people.
//
//   node tests/revalidation/range_of_motion.mjs [FOLDER] [--any-view] [--by-distance] [--landmarks FOLDER] [--json]
//
// FOLDER, or REPRISE_RENDERED, holds what `make rendered` writes. --any-view: also trials that were turned too far from
// the recommended view, which do not count. --by-distance: a row for each distance of `reprise_render_people
// --distance`. --landmarks: what `reprise pose VIDEO -o FOLDER` wrote of each clip, instead of its video.
import fs from 'node:fs';
import path from 'node:path';
import { mean, option, renderedClips, renderedFolder, run } from './rendered.mjs';

const folder = renderedFolder();
const anyView = process.argv.includes('--any-view');
const byDistance = process.argv.includes('--by-distance');
const landmarks = option('--landmarks');
const WIDTH = 24;
const DEGREES_OF_NORMAL = 1.96 * Math.SQRT2;

/** The test that an exercise shows, and how its angle follows from the truth. */
const TESTS = {
  shoulder_flexion: ['shoulder_flexion', 'shoulder_flexion', 1],
  shoulder_extension: ['shoulder_extension', 'shoulder_flexion', -1],
  shoulder_abduction: ['shoulder_abduction', 'shoulder_abduction', 1],
  elbow_flexion: ['elbow_flexion', 'elbow_flexion', 1],
  knee_to_chest: ['hip_flexion', 'hip_flexion', 1],
  standing_hip_extension: ['hip_extension', 'hip_flexion', -1],
  standing_hip_abduction: ['hip_abduction', 'hip_abduction', 1],
  standing_knee_flexion: ['knee_flexion', 'knee_flexion', 1],
  seated_knee_extension: ['knee_extension', 'knee_flexion', -1],
  neck_flexion: ['neck_flexion', 'neck_flexion', 1],
  neck_extension: ['neck_extension', 'neck_flexion', -1],
  neck_side_bend: ['neck_lateral_flexion', 'neck_lateral_flexion', 1],
  neck_rotation: ['neck_rotation', 'neck_rotation', 1],
  standing_toe_touch: ['trunk_flexion', 'trunk_flexion', 1],
  standing_back_extension: ['trunk_extension', 'trunk_flexion', -1],
  trunk_side_bend: ['trunk_lateral_flexion', 'trunk_lateral_flexion', 1],
};

const rows = new Map(); // test → { clips, trials, found, errors, within, halfWidths, repeats }
const rowOf = (test) => {
  if (!rows.has(test)) rows.set(test, { clips: 0, trials: 0, errors: [], within: 0, halfWidths: [], repeats: [] });
  return rows.get(test);
};

/** The largest true angle of the movement during a trial. */
function trueAngle(truth, trial, measure, sign) {
  const midline = truth.frames.some((frame) => measure in frame.measures);
  const key = midline ? measure : `${measure}_${trial.side}`;
  const towards = midline && trial.side === 'left' ? -sign : sign;
  const angles = truth.frames
    .filter(({ t, measures }) => t >= trial.start_s && t <= trial.end_s && measures[key] !== undefined)
    .map(({ measures }) => towards * measures[key]);
  return angles.length > 0 ? Math.max(...angles) : undefined;
}

/** The landmarks of a clip where a folder of them is named, else its video. */
function recordingOf(name, video) {
  if (!landmarks) return video;
  const file = path.join(landmarks, `${name}.landmarks.json`);
  if (fs.existsSync(file)) return file;
  console.error(`there is no ${file}; write it with: reprise pose ${video} -o ${landmarks}`);
  process.exit(2);
}

const distanceOf = (view) => view.match(/_([\d.]+m)$/)?.[1] ?? 'usual';

for (const { name, view, video, truth } of renderedClips(folder, (of) => of)) {
  const known = TESTS[truth.exercise];
  if (!known) continue;
  const [test, measure, sign] = known;
  const row = rowOf(byDistance ? `${test} ${distanceOf(view)}` : test);
  row.clips += 1;
  row.trials += truth.repetitions.length;
  const side = truth.side ? `.${truth.side}` : '';
  let document;
  try {
    document = JSON.parse(run('assess', 'range_of_motion', `${test}${side}=${recordingOf(name, video)}`, '--json'));
  } catch (failure) {
    if (failure.status === 5) continue; // nothing was measured
    throw failure;
  }
  const table = document.tables.find(({ events }) => events === 'trials');
  const stated = document.values.find((value) => value.measure === 'joint_range');
  const of = [];
  for (const trial of table.rows) {
    if (trial.note !== null && !(anyView && ['out_of_plane', 'wrong_side'].includes(trial.note))) continue;
    const angle = trueAngle(truth, trial, measure, sign);
    if (angle === undefined) continue;
    of.push(trial.values.joint_range - angle);
  }
  if (of.length === 0) continue;
  row.errors.push(...of);
  if (of.length > 1) row.repeats.push(of);
  if (stated?.uncertainty) {
    row.halfWidths.push(stated.uncertainty);
    row.within += Math.abs(mean(of)) <= stated.uncertainty ? 1 : 0;
  }
}

/** Standard deviation of repeats about the mean of their clip. */
function repeatSd(repeats) {
  let squares = 0;
  let freedom = 0;
  for (const errors of repeats) {
    const middle = mean(errors);
    for (const error of errors) squares += (error - middle) ** 2;
    freedom += errors.length - 1;
  }
  return freedom > 0 ? Math.sqrt(squares / freedom) : null;
}

const summary = [...rows]
  .sort(([a], [b]) => (byDistance ? a.localeCompare(b) : 0))
  .map(([test, row]) => ({
    test,
    clips: row.clips,
    trials: row.trials,
    counted: row.errors.length,
    mean_absolute: row.errors.length > 0 ? mean(row.errors.map(Math.abs)) : null,
    bias: row.errors.length > 0 ? mean(row.errors) : null,
    within: row.halfWidths.length > 0 ? row.within / row.halfWidths.length : null,
    half_width: row.halfWidths.length > 0 ? mean(row.halfWidths) : null,
    repeat_sd: repeatSd(row.repeats),
  }));
const all = [...rows.values()];
const sd = repeatSd(all.flatMap(({ repeats }) => repeats));
const stated = all.reduce((sum, { halfWidths }) => sum + halfWidths.length, 0);
const held = all.reduce((sum, { within }) => sum + within, 0);
const result = { repeat_sd: sd, detectable_change_of_one: sd === null ? null : DEGREES_OF_NORMAL * sd, held, stated };
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ tests: summary, ...result }, null, 2));
} else {
  const shown = (value, digits = 1) => (value === null ? '–' : value.toFixed(digits));
  console.log(`${'test'.padEnd(WIDTH)} clips  trials counted  error   bias  within ±  repeats SD`);
  for (const row of summary) {
    console.log(
      `${row.test.padEnd(WIDTH)} ${String(row.clips).padStart(5)} ${String(row.trials).padStart(7)} ` +
        `${String(row.counted).padStart(7)} ${shown(row.mean_absolute).padStart(6)} ${shown(row.bias).padStart(6)} ` +
        `${row.within === null ? '–' : `${Math.round(100 * row.within)} % of ±${shown(row.half_width, 0)}`} ` +
        `${shown(row.repeat_sd).padStart(6)}`,
    );
  }
  console.log(`means within their ±: ${held} of ${stated}; standard deviation of repeats ${shown(sd)} degrees`);
}
