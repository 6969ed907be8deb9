// SPDX-License-Identifier: Apache-2.0
// Joint angles of rendered people, whose angles are known, by view: `reprise analyze` on each clip of a folder.
// Error of each frame's angle (mean, bias, share of frames measured), and of each end of a repetition's range, and
// how often the stated interval holds it; then the errors by exercise, sex, build, skin and clothes. They are drawn by
// a computer: no figure here is accuracy on people.
//
//   node tests/revalidation/rendered_angles.mjs [FOLDER] [--model blend] [--landmarks OTHER] [--meters] [--json]
//
// FOLDER, or REPRISE_RENDERED, holds what `make rendered` writes: NAME_truth.json and NAME_VIEW.mp4 for each of its
// cameras (docs/guide/rendered-people.md), or what ../shared/data/render/scripts/make.py writes. It is not part of the
// repository. OTHER: a folder to which `reprise pose` has written the landmarks of these clips, for many runs; with
// --meters its .trc files are read, which have no pictures, as another tool's.
import fs from 'node:fs';
import path from 'node:path';
import { mean, median, option, renderedClips, renderedFolder, run, scratchFolder } from './rendered.mjs';

const folder = renderedFolder();
const model = option('--model', 'blend');
const landmarks = option('--landmarks', undefined);
const ending = process.argv.includes('--meters') ? 'trc' : 'landmarks.json';

const frameErrors = []; // { clip, view, measure, error } of a frame; error null: not measured
const rangeErrors = []; // { view, measure, error, within, halfWidth } of an end of a range
const clips = []; // { clip, view, counted, truth, of_truth, and what the people are grouped by }

const keyOf = (measure, side) => (side ? `${measure}_${side}` : measure);

function compare(clip, view, truth, section) {
  const at = (t) => truth.frames[Math.min(truth.frames.length - 1, Math.round(t * truth.fps))].measures;
  for (const series of section.series) {
    if (!series.values_deg) continue; // a ratio
    const key = keyOf(series.measure, series.side);
    series.values_deg.forEach((value, i) => {
      const known = at(section.times_s[i])[key];
      if (known === undefined) return; // the posture has no such angle
      frameErrors.push({ clip, view, measure: series.measure, error: value === null ? null : value - known });
    });
  }
  for (const repetition of section.repetitions) {
    const during = truth.frames.filter((f) => f.t >= repetition.start_s && f.t <= repetition.end_s);
    for (const range of repetition.ranges) {
      if (range.max_deg === undefined) continue;
      const key = keyOf(range.measure, range.side);
      const angles = during.flatMap((f) => (key in f.measures ? [f.measures[key]] : []));
      if (angles.length === 0) continue;
      for (const error of [range.max_deg - Math.max(...angles), range.min_deg - Math.min(...angles)]) {
        const halfWidth = range.uncertainty_deg;
        rangeErrors.push({ view, measure: range.measure, error, within: Math.abs(error) <= halfWidth, halfWidth });
      }
    }
  }
}

function analyze(video, truth, out) {
  const side = truth.side ? ['--side', truth.side] : [];
  const options = ['--exercise', truth.exercise, ...side, '--model', model, '--out', out];
  const input = landmarks ? path.join(landmarks, `${path.basename(video, '.mp4')}.${ending}`) : video;
  try {
    run('analyze', input, ...options);
  } catch (failure) {
    if (failure.status === 5) return null; // no person, or nothing to measure
    throw failure;
  }
  return JSON.parse(fs.readFileSync(path.join(out, 'session.json'), 'utf8')).exercise;
}

/** Truth as `make rendered` writes it; that of make.py names the exercise in the file's name. */
function read(truth, name) {
  if (truth.schema === 'reprise.rendered_truth/1') return truth;
  const exercise = ['shoulder_abduction', 'squat'].find((e) => name.includes(e));
  if (truth.schema !== undefined || !exercise) {
    console.error(`rendered_angles: ${name} has no truth that can be read; make the folder again.`);
    process.exit(2);
  }
  // A trunk that stays in the sagittal plane is inclined as it flexes. Standing is -1; what the last frame is in the
  // middle of is no whole repetition.
  const frames = truth.frames.map((f) => ({
    t: f.t,
    measures: { ...f.angles, trunk_flexion: f.angles.trunk_inclination },
  }));
  const done = new Set(truth.frames.map((f) => f.rep).filter((r) => r >= 0 && r !== truth.frames.at(-1).rep));
  const person = { sex: `figure ${truth.figure}`, build: '?', skin_tone: 0, outfit: `figure ${truth.figure}` };
  return { ...truth, exercise, person, frames, repetitions: [...done], counted_from_truth: done.size };
}

const out = scratchFolder();
for (const { name, view, video, truth } of renderedClips(folder, read)) {
  const section = analyze(video, truth, path.join(out, view));
  const clip = clips.length;
  clips.push({
    clip: name,
    view,
    counted: section?.summary.repetitions_complete ?? null,
    truth: truth.repetitions.length,
    of_truth: truth.counted_from_truth,
    exercise: truth.exercise,
    sex: truth.person.sex,
    build: truth.person.build,
    skin: truth.person.skin_tone > 4 ? 'dark' : 'light',
    outfit: truth.person.outfit,
  });
  if (section) compare(clip, view, truth, section);
}
const sorted = (values) => [...new Set(values)].sort();

function summary(frames) {
  const errors = frames.flatMap((e) => (e.error === null ? [] : [e.error]));
  return {
    mean_absolute: errors.length > 0 ? mean(errors.map(Math.abs)) : null,
    bias: errors.length > 0 ? mean(errors) : null,
    measured: errors.length / frames.length,
  };
}

const rows = [];
for (const measure of sorted(frameErrors.map((e) => e.measure))) {
  for (const view of sorted(frameErrors.map((e) => e.view))) {
    const frames = frameErrors.filter((e) => e.measure === measure && e.view === view);
    const ranges = rangeErrors.filter((e) => e.measure === measure && e.view === view);
    if (frames.length === 0) continue; // no clip of this view has the measure
    rows.push({
      measure,
      view,
      clips: new Set(frames.map((e) => e.clip)).size,
      ...summary(frames),
      range_ends: ranges.length,
      range_error: ranges.length > 0 ? mean(ranges.map((r) => Math.abs(r.error))) : null,
      covered: ranges.length > 0 ? mean(ranges.map((r) => (r.within ? 1 : 0))) : null,
      half_width: ranges.length > 0 ? median(ranges.map((r) => r.halfWidth)) : null,
    });
  }
}
const totals = ['all', ...sorted(rows.map((r) => r.view))].map((view) => {
  const ranges = rangeErrors.filter((e) => view === 'all' || e.view === view);
  const errors = rows.filter((r) => (view === 'all' || r.view === view) && r.mean_absolute !== null);
  return {
    view,
    mean_of_rows: errors.length > 0 ? mean(errors.map((r) => r.mean_absolute)) : null,
    range_ends: ranges.length,
    covered: ranges.length > 0 ? mean(ranges.map((r) => (r.within ? 1 : 0))) : null,
  };
});
const details = []; // rows of one exercise
for (const exercise of sorted(clips.map((c) => c.exercise))) {
  for (const { measure, view } of rows) {
    const frames = frameErrors.filter(
      (e) => e.measure === measure && e.view === view && clips[e.clip].exercise === exercise,
    );
    if (frames.length > 0) details.push({ exercise, measure, view, ...summary(frames) });
  }
}
const groups = [];
for (const by of ['exercise', 'sex', 'build', 'skin', 'outfit']) {
  for (const value of sorted(clips.map((c) => c[by]))) {
    const frames = frameErrors.filter((e) => clips[e.clip][by] === value);
    if (frames.length > 0)
      groups.push({ by, value, clips: clips.filter((c) => c[by] === value).length, ...summary(frames) });
  }
}

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ model, rows, totals, details, groups, clips }, null, 2));
} else {
  const shown = (v, digits = 1) => (v === null ? '–' : v.toFixed(digits));
  const error = (r) => `${shown(r.mean_absolute)} (${shown(r.bias)}) ${shown(100 * r.measured, 0)} %`;
  console.log(`Rendered people, ${model} network, degrees: error of a frame (bias), share of frames measured;`);
  console.log('error of an end of a range, share of ends within the stated ±, median ±, number of ends');
  for (const r of rows) {
    console.log(
      `  ${r.measure.padEnd(26)} ${r.view.padEnd(10)} ${error(r).padEnd(24)} ${shown(r.range_error)}  ` +
        `${r.covered === null ? '–' : shown(100 * r.covered, 0)} %  ±${shown(r.half_width)}  ${r.range_ends}`,
    );
  }
  console.log('Mean error of the rows, share of the ends of ranges within the stated ±, number of ends');
  for (const t of totals) {
    const covered = t.covered === null ? '–' : shown(100 * t.covered, 0);
    console.log(`  ${t.view.padEnd(10)} ${shown(t.mean_of_rows)}  ${covered} %  ${t.range_ends}`);
  }
  console.log('All measures of these people together');
  for (const g of groups) console.log(`  ${g.by.padEnd(9)} ${g.value.padEnd(26)} ${error(g)}  ${g.clips} clips`);
  const right = clips.filter((c) => c.counted === c.truth);
  console.log(`Counted right: ${right.length} of ${clips.length} clips`);
  for (const c of clips.filter((clip) => clip.counted !== clip.truth)) {
    const own = c.of_truth === c.truth ? '' : ` (the true joints give ${c.of_truth})`;
    console.log(`  ${c.clip}: ${c.counted ?? 'no person'} of ${c.truth}${own}`);
  }
}
