// SPDX-License-Identifier: Apache-2.0
// Joint angles of rendered people, whose angles are known, by view: `reprise analyze` on each clip of a folder.
// Error of each frame's angle (mean, bias, share of frames measured), and of each end of a repetition's range, and
// how often the stated interval holds it. They are drawn by a computer: no figure here is accuracy on people.
//
//   node tests/revalidation/rendered_angles.mjs [FOLDER] [--model full] [--json]
//
// FOLDER, or REPRISE_RENDERED, holds NAME_truth.json (frames: t, angles in degrees; cameras by name) and
// NAME_CAMERA.mp4, as ../shared/data/render/scripts/make.py writes them; the name says the exercise. It is not part of
// the repository.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { reprise } from './recordings.mjs';

const option = (name, usual) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? usual : process.argv[at + 1];
};
const named = process.argv[2]?.startsWith('--') ? undefined : process.argv[2];
const folder = named ?? process.env.REPRISE_RENDERED;
if (!folder) {
  console.log('skipped: no folder of rendered clips is named (REPRISE_RENDERED)');
  process.exit(0);
}
if (!fs.existsSync(folder)) {
  console.error(`rendered_angles: there is no folder ${folder}; name one with rendered clips and their truth.`);
  process.exit(2);
}
const model = option('--model', 'full');
const exercises = ['shoulder_abduction', 'squat'];

/** Our measure and side as the truth names them. A trunk that stays in the sagittal plane is inclined as it flexes. */
function truthName(measure, side) {
  const name = measure === 'trunk_flexion' ? 'trunk_inclination' : measure;
  return side ? `${name}_${side}` : name;
}

const frameErrors = []; // { view, measure, error } of a frame; error null: not measured
const rangeErrors = []; // { view, measure, error, within, halfWidth } of an end of a range
const clips = [];

function compare(name, view, truth, document) {
  const section = document.exercise;
  const at = (t) => truth.frames[Math.min(truth.frames.length - 1, Math.round(t * truth.fps))].angles;
  for (const series of section.series) {
    const key = truthName(series.measure, series.side);
    if (!(key in truth.frames[0].angles)) continue;
    series.values_deg.forEach((value, i) => {
      const error = value === null ? null : value - at(section.times_s[i])[key];
      frameErrors.push({ view, measure: series.measure, error });
    });
  }
  for (const repetition of section.repetitions) {
    const during = truth.frames.filter((f) => f.t >= repetition.start_s && f.t <= repetition.end_s);
    for (const range of repetition.ranges) {
      const key = truthName(range.measure, range.side);
      if (during.length === 0 || !(key in during[0].angles)) continue;
      const angles = during.map((f) => f.angles[key]);
      for (const error of [range.max_deg - Math.max(...angles), range.min_deg - Math.min(...angles)]) {
        const halfWidth = range.uncertainty_deg;
        rangeErrors.push({ view, measure: range.measure, error, within: Math.abs(error) <= halfWidth, halfWidth });
      }
    }
  }
  // Standing is -1; what the last frame is in the middle of is no whole repetition.
  const done = new Set(truth.frames.map((f) => f.rep).filter((r) => r >= 0 && r !== truth.frames.at(-1).rep));
  const counted = section.summary.repetitions_complete;
  clips.push({ clip: `${name}_${view}`, counted, truth: done.size });
}

const out = fs.mkdtempSync(path.join(os.tmpdir(), 'rendered-'));
for (const file of fs.readdirSync(folder).filter((f) => f.endsWith('_truth.json'))) {
  const name = file.slice(0, -'_truth.json'.length);
  const exercise = exercises.find((e) => name.includes(e));
  const truth = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  for (const view of Object.keys(truth.cameras)) {
    const video = path.join(folder, `${name}_${view}.mp4`);
    if (!exercise || !fs.existsSync(video)) continue;
    const arguments_ = ['analyze', video, '--exercise', exercise, '--model', model, '--out', path.join(out, view)];
    execFileSync(reprise, arguments_, { stdio: 'pipe' });
    compare(name, view, truth, JSON.parse(fs.readFileSync(path.join(out, view, 'session.json'), 'utf8')));
  }
}
fs.rmSync(out, { recursive: true });

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rows = [];
for (const measure of [...new Set(frameErrors.map((e) => e.measure))].sort()) {
  for (const view of [...new Set(frameErrors.map((e) => e.view))].sort()) {
    const frames = frameErrors.filter((e) => e.measure === measure && e.view === view);
    const errors = frames.flatMap((e) => (e.error === null ? [] : [e.error]));
    const ranges = rangeErrors.filter((e) => e.measure === measure && e.view === view);
    if (frames.length === 0) continue; // no clip of this view has the measure
    rows.push({
      measure,
      view,
      mean_absolute: errors.length > 0 ? mean(errors.map(Math.abs)) : null,
      bias: errors.length > 0 ? mean(errors) : null,
      measured: errors.length / frames.length,
      range_ends: ranges.length,
      range_error: ranges.length > 0 ? mean(ranges.map((r) => Math.abs(r.error))) : null,
      covered: ranges.length > 0 ? mean(ranges.map((r) => (r.within ? 1 : 0))) : null,
      half_width: ranges.length > 0 ? median(ranges.map((r) => r.halfWidth)) : null,
    });
  }
}

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ model, rows, clips }, null, 2));
} else {
  const shown = (v, digits = 1) => (v === null ? '–' : v.toFixed(digits));
  console.log(`Rendered people, ${model} network, degrees: error of a frame (bias), share of frames measured;`);
  console.log('error of an end of a range, share of ends within the stated ±, median ±, number of ends');
  for (const r of rows) {
    console.log(
      `  ${r.measure.padEnd(20)} ${r.view.padEnd(8)} ${shown(r.mean_absolute)} (${shown(r.bias)}) ` +
        `${shown(100 * r.measured, 0)} %   ${shown(r.range_error)}  ` +
        `${r.covered === null ? '–' : shown(100 * r.covered, 0)} %  ±${shown(r.half_width)}  ${r.range_ends}`,
    );
  }
  const right = clips.filter((c) => c.counted === c.truth);
  console.log(`Counted right: ${right.length} of ${clips.length} clips`);
  for (const c of clips.filter((clip) => clip.counted !== clip.truth))
    console.log(`  ${c.clip}: ${c.counted} of ${c.truth}`);
}
