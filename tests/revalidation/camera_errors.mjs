// SPDX-License-Identifier: Apache-2.0
// Where the errors of angles by several cameras come from: rendered walkers (simulated pictures), whose landmarks are
// partly replaced by the joints that were drawn, projected by the known cameras. And where the pose network puts the
// points of the leg beside the drawn joints: the table of `network_offsets_in_space`, as shares of the stature.
//
//   node tests/revalidation/camera_errors.mjs [--keep DIR] [--seeds 61,62,63,64] [--walks cmu_02_01]
import fs from 'node:fs';
import path from 'node:path';
import { reprise } from './recordings.mjs';
import { mean, option, scratchFolder } from './rendered.mjs';
import { between, calibration, quiet, readCsv, rms, VIEWS, walkers } from './rendered_walkers.mjs';

const folder = option('--keep', undefined) ?? scratchFolder();
fs.mkdirSync(folder, { recursive: true });
const seeds = option('--seeds', '61,62,63,64').split(',').map(Number);
const walks = option('--walks', 'cmu_02_01').split(',');
const pairs = option('--pairs', 'side90,front;side90,oblique45;oblique45,front').split(';');
const EDGE_S = 0.3; // left out at both ends
const OUTLIER = 0.02; // of the stature: a point so far off counts half

const minus = (a, b) => a.map((v, i) => v - b[i]);
const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0);
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a) => a.map((v) => v / Math.hypot(...a));
const jointAt = (truth, t, name) =>
  [0, 1, 2].map((axis) => between(truth, t, (f) => f.joints[truth.joints.indexOf(name)][axis]));

/** Where a point of the room stands in the picture, and how far away. */
function projected(camera, size, point) {
  const [x, y, z] = camera.to_camera.map((row) => dot(row, minus(point, camera.lens_m)));
  return [size[0] / 2 + (camera.focal_px * x) / z, size[1] / 2 + (camera.focal_px * y) / z, z];
}

/** Forward, up and outside of a segment of one leg, or of the trunk. */
function axesOf(segment, at, side) {
  const across = unit(minus(at('right_hip'), at('left_hip')));
  const outside = side === 'left' ? across.map((v) => -v) : across;
  const own = (name) => at(`${side}_${name}`);
  const upright = (from, to) => {
    const up = unit(minus(to, from));
    const out = unit(
      minus(
        outside,
        up.map((v) => v * dot(outside, up)),
      ),
    ); // prettier-ignore
    const ahead = cross(up, out);
    return [side === 'left' ? ahead.map((v) => -v) : ahead, up, out];
  };
  if (segment === 'thigh') return upright(own('knee'), own('hip'));
  if (segment === 'foot') {
    const ahead = unit(minus(own('foot_index'), own('heel')));
    const out = unit(
      minus(
        outside,
        ahead.map((v) => v * dot(outside, ahead)),
      ),
    ); // prettier-ignore
    const up = cross(out, ahead);
    return [ahead, side === 'left' ? up.map((v) => -v) : up, out];
  }
  const middle = (name) => at(`left_${name}`).map((v, i) => (v + at(`right_${name}`)[i]) / 2);
  return upright(middle('hip'), middle('shoulder'));
}

/** Least squares by the normal equations, each row weighted by Cauchy's function of its distance. */
function offsetBy(rows) {
  let x = [0, 0, 0];
  const off = ({ columns, error }) =>
    error.map(
      (e, axis) =>
        e -
        dot(
          columns.map((c) => c[axis]),
          x,
        ),
    ); // prettier-ignore
  for (let round = 0; round < 8; ++round) {
    const h = [0, 1, 2].map(() => [0, 0, 0]);
    const g = [0, 0, 0];
    for (const one of rows) {
      const weight = one.visibility / (1 + (Math.hypot(...off(one)) / OUTLIER) ** 2);
      for (const axis of [0, 1])
        for (let i = 0; i < 3; ++i) {
          g[i] += weight * one.columns[i][axis] * one.error[axis];
          for (let k = 0; k < 3; ++k) h[i][k] += weight * one.columns[i][axis] * one.columns[k][axis];
        }
    }
    const inverse = [cross(h[1], h[2]), cross(h[2], h[0]), cross(h[0], h[1])];
    x = inverse[0].map(
      (_, i) =>
        dot(
          inverse.map((row) => row[i]),
          g,
        ) / dot(h[0], inverse[0]),
    ); // prettier-ignore
  }
  return x;
}

const POINTS = [
  ['hip', 'pelvis'],
  ['knee', 'thigh'],
  ['ankle', 'foot'],
  ['heel', 'foot'],
  ['foot_index', 'foot'],
  ['shoulder', 'trunk'],
];
const people = [...walkers(folder, seeds, walks)];

/** Each point's distance from its joint, in shares of the stature, and what a step along each axis would change. */
function rowsOf(point, segment, who) {
  const rows = [];
  for (const { truth, landmarks, size } of who) {
    const last = truth.frames.at(-1).t - EDGE_S;
    for (const view of VIEWS) {
      const seen = JSON.parse(fs.readFileSync(landmarks(view), 'utf8'));
      const camera = truth.cameras[view];
      for (const { time_s: t, image_px: pixels, visibility } of seen.landmarks) {
        if (!pixels || t < EDGE_S || t > last) continue;
        for (const side of ['left', 'right']) {
          const index = seen.landmark_names.indexOf(`${side}_${point}`);
          const at = (name) => jointAt(truth, t, name);
          const joint = at(`${side}_${point}`);
          const place = projected(camera, size, joint);
          const scale = place[2] / camera.focal_px; // meters of a pixel there
          const columns = axesOf(segment, at, side).map((axis) => {
            const moved = projected(
              camera,
              size,
              joint.map((v, i) => v + 0.01 * axis[i]),
            ); // prettier-ignore
            return [0, 1].map((i) => ((moved[i] - place[i]) * scale) / 0.01);
          });
          const error = [0, 1].map((i) => ((pixels[index][i] - place[i]) * scale) / truth.person.stature_m);
          rows.push({ columns, error, visibility: visibility[index] });
        }
      }
    }
  }
  return rows;
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells) => console.log(`| ${cells.join(' | ')} |\n|${'---|'.repeat(cells.length)}`);
const permille = (values) => values.map((v) => (1000 * v).toFixed(1)).join(', ');
console.log('Points beside the drawn joints, thousandths of the stature: forward, up, outside\n');
head('Point', 'Moves with', 'All', ...seeds.map((seed) => `Person ${seed}`));
const usualOffsets = [];
for (const [point, segment] of POINTS) {
  const of = (who) => offsetBy(rowsOf(point, segment, who));
  const offset = of(people);
  usualOffsets.push({ point, segment, offset });
  const each = seeds.map((seed) => permille(of(people.filter((one) => one.seed === seed))));
  row(point, segment, permille(offset), ...each);
}

/** Landmarks as found; those that `which` names stand where the drawn joint's would on average. */
function withTruth(seen, truth, view, size, which) {
  for (const [index, name] of seen.landmark_names.entries()) {
    if (!which.test(name)) continue;
    const side = name.split('_', 1)[0];
    const usual = usualOffsets.find(({ point }) => name === `${side}_${point}`);
    for (const frame of seen.landmarks) {
      if (!frame.image_px) continue;
      const at = (joint) => jointAt(truth, frame.time_s, joint);
      const axes = usual ? axesOf(usual.segment, at, side) : [];
      const place = axes.reduce(
        (sum, axis, k) => sum.map((v, i) => v + usual.offset[k] * truth.person.stature_m * axis[i]),
        at(name),
      );
      const [x, y] = projected(truth.cameras[view], size, place);
      frame.image_px[index] = [x, y, frame.image_px[index][2]];
    }
  }
  return seen;
}

const VARIANTS = [
  ['as found', /^$/],
  ['true shoulders', /shoulder/],
  ['true hips', /hip/],
  ['true knees', /knee/],
  ['true ankles', /ankle/],
  ['true heels and toes', /heel|foot_index/],
  ['true knees and ankles', /knee|ankle/],
  ['true hips, knees and ankles', /hip|knee|ankle/],
  ['all true', /./],
];
console.log(`\nKnee flexion, degrees: root mean square, and in brackets without the mean of each walk and leg\n`);
head('Landmarks', ...pairs);
for (const [label, which] of VARIANTS) {
  const cells = pairs.map((pair) => {
    const views = pair.split(',');
    const errors = [];
    const shapes = [];
    for (const { name, truth, landmarks, size } of people) {
      const files = views.map((view) => {
        const seen = JSON.parse(fs.readFileSync(landmarks(view), 'utf8'));
        const file = path.join(folder, `changed_${view}.landmarks.json`);
        fs.writeFileSync(file, JSON.stringify(withTruth(seen, truth, view, size, which)));
        return file;
      });
      const toml = path.join(folder, 'cameras.toml');
      fs.writeFileSync(
        toml,
        calibration(
          truth,
          views.map((view) => `changed_${view}`),
          size,
        ),
      ); // prettier-ignore
      const out = path.join(folder, 'out');
      quiet(reprise, 'motion', ...files, '--calibration', toml, '--lags', '0', '--out', out);
      const rows = readCsv(path.join(out, 'angles.csv'));
      for (const side of ['left', 'right']) {
        const leg = [];
        for (const one of rows) {
          const t = Number(one.time_s);
          const cell = one[`${side}_knee_flexion_deg`];
          if (!cell || t < EDGE_S || t > truth.frames.at(-1).t - EDGE_S) continue;
          leg.push(Number(cell) - between(truth, t, (f) => f.measures[`knee_flexion_${side}`]));
        }
        if (leg.length === 0) throw new Error(`${name}: no knee was measured`);
        errors.push(...leg);
        shapes.push(...leg.map((v) => v - mean(leg)));
      }
    }
    return `${rms(errors).toFixed(1)} (${rms(shapes).toFixed(1)})`;
  });
  row(label, ...cells);
}
