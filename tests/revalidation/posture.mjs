// SPDX-License-Identifier: Apache-2.0
// Posture on rendered people, whose joints are known: the first picture of each clip, before the movement begins, from
// the front, the side and behind. With the true joints as points: how far the values are off the true ones, seen from
// so far that there is no perspective, where the formulas must be right to 1 degree and 5 mm, and by the camera itself.
// With automatic points: errors by measure and view, how often the ± holds the truth, the points' own errors, and the
// standard deviation of the error of one person over several clips (other cameras, noise, stance), from which the
// smallest detectable change follows. They are drawn by a computer: no figure here is accuracy on people.
//
//   node tests/revalidation/posture.mjs [FOLDER] [--json]
//
// FOLDER, or REPRISE_RENDERED, holds what `make rendered` writes.
import fs from 'node:fs';
import path from 'node:path';
import { mean, renderedClips, renderedFolder, run, scratchFolder } from './rendered.mjs';

const VIEWS = { front: 'front', back180: 'back', side90: 'side' };
const PAIRS = ['eye', 'ear', 'shoulder', 'hip', 'knee', 'ankle', 'heel'];
const DEGREES = 180 / Math.PI;
const CHANGE = 1.96 * Math.SQRT2;
const MOST_DEG = 1;
const MOST_MM = 5;
const FAR_M = 300;
const folder = renderedFolder();
const scratch = scratchFolder();

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const unit = (a) => a.map((value) => value / Math.hypot(...a));

/** The camera level, and so far away that nothing is smaller for its depth: the formulas' own error remains. */
function farAway(camera, joint) {
  const [right, , ahead] = camera.to_camera;
  const forward = unit([ahead[0], 0, ahead[2]]);
  const depth = dot(forward, joint) - dot(forward, camera.lens_m);
  return {
    to_camera: [unit([right[0], 0, right[2]]), [0, -1, 0], forward],
    lens_m: camera.lens_m.map((value, i) => value - FAR_M * forward[i]),
    focal_px: (camera.focal_px * (depth + FAR_M)) / depth,
  };
}

/** A joint in the picture, pixels; and in the plane of the body: x to the right of the picture, y up, meters. */
function seen(camera, size, joint) {
  const away = joint.map((value, i) => value - camera.lens_m[i]);
  const [x, y, z] = camera.to_camera.map((row) => dot(row, away));
  const [right] = camera.to_camera;
  const level = unit([right[0], 0, right[2]]);
  return {
    px: [size[0] / 2 + (camera.focal_px * x) / z, size[1] / 2 + (camera.focal_px * y) / z],
    m: [dot(level, joint), joint[1]],
  };
}

/** Of a camera whose x points to the right and y down: how far it is turned clockwise. */
const rollOf = ({ to_camera: [right, down] }) => Math.atan2(-right[1], -down[1]) * DEGREES;

/** The true values of a view, from joints in the plane of the body, `x` to the person's left or forward. */
function trueValues(view, at) {
  const middle = (name) => [0, 1].map((i) => (at[`left_${name}`][i] + at[`right_${name}`][i]) / 2);
  const rise = (a, b) => Math.atan2(b[1] - a[1], b[0] - a[0]) * DEGREES;
  const lean = (low, high) => Math.atan2(high[0] - low[0], high[1] - low[1]) * DEGREES;
  const values = {};
  if (view.endsWith('side')) {
    const near = (name) => at[`${view.slice(0, -'_side'.length)}_${name}`];
    values.trunk_inclination = lean(near('hip'), near('shoulder'));
    for (const name of ['ear', 'shoulder', 'hip', 'knee'])
      values[`plumb_offset ${name}`] = 1000 * (near(name)[0] - near('ankle')[0]);
    return values;
  }
  values.head_tilt = rise(at.right_ear, at.left_ear);
  values.shoulder_level = rise(at.right_shoulder, at.left_shoulder);
  values.trunk_tilt = lean(middle('hip'), middle('shoulder'));
  values.trunk_shift = 1000 * (middle('shoulder')[0] - middle('hip')[0]);
  for (const name of ['ear', 'shoulder', 'hip', 'knee'])
    values[`plumb_offset ${name}`] = 1000 * (middle(name)[0] - middle('heel')[0]);
  for (const [side, sign] of [
    ['left', -1],
    ['right', 1],
  ]) {
    const [h, k, a] = ['hip', 'knee', 'ankle'].map((name) => at[`${side}_${name}`]);
    const [thigh, shank] = [
      [k[0] - h[0], k[1] - h[1]],
      [a[0] - k[0], a[1] - k[1]],
    ];
    const turn = Math.atan2(thigh[0] * shank[1] - thigh[1] * shank[0], dot(thigh, shank)) * DEGREES;
    values[`knee_alignment ${side}`] = sign * turn;
  }
  return values;
}

const keyOf = ({ measure, part, side }, view) =>
  [measure, part === view ? '' : part.slice(view.length + 1), side ?? ''].filter(Boolean).join(' ');

/** The values of the true joints, placed as points into the picture of a camera. */
function withTruePoints(camera, { size, joints, at, names, view, near, roll_deg }) {
  const px = (name) => seen(camera, size, joints[name]).px;
  const [from, to] = view.endsWith('side') ? [`${near}_ear`, `${near}_ankle`] : ['left_shoulder', 'left_ankle'];
  const [[x1, y1], [x2, y2]] = [px(from), px(to)];
  const length_cm = 100 * Math.hypot(at[from][0] - at[to][0], at[from][1] - at[to][1]);
  const file = path.join(scratch, 'points.json');
  fs.writeFileSync(
    file,
    JSON.stringify({
      view,
      width_px: size[0],
      height_px: size[1],
      roll_deg,
      marks: { from_x_px: x1, from_y_px: y1, to_x_px: x2, to_y_px: y2, length_cm },
      points: names.map((name) => ({ point: name, x_px: px(name)[0], y_px: px(name)[1] })),
    }),
  );
  return JSON.parse(run('assess', 'posture', '--points', file, '--json')).values;
}

const rows = new Map(); // "view measure" → { formulas: [], exact: [], errors: [], within: [], people: Map }
const rowOf = (name) => {
  if (!rows.has(name)) rows.set(name, { formulas: [], exact: [], errors: [], within: [], people: new Map() });
  return rows.get(name);
};
const points = new Map(); // "view point" → errors { x, y }, shares of stature
let refused = 0;

for (const { view: filmed, video, truth } of renderedClips(folder, (of) => of)) {
  if (!VIEWS[filmed] || !truth.frames[0]) continue;
  const camera = truth.cameras[filmed];
  const size = truth.size_px;
  const joints = Object.fromEntries(truth.joints.map((name, i) => [name, truth.frames[0].joints[i]]));
  const of = (name) => seen(camera, size, joints[name]);
  // Filmed from the left or the right, by turns: who faces the right edge shows the right side.
  const near = of('right_eye').px[0] > of('right_ear').px[0] ? 'right' : 'left';
  const view = VIEWS[filmed] === 'side' ? `${near}_side` : VIEWS[filmed];
  const isSide = view.endsWith('side');
  const names = PAIRS.flatMap((name) => [`left_${name}`, `right_${name}`]).filter(
    (name) => (!isSide || name.startsWith(near)) && (view !== 'back' || !name.endsWith('_eye')),
  );
  const sign = view === 'back' || view === 'left_side' ? -1 : 1;
  const at = Object.fromEntries(truth.joints.map((name) => [name, [sign * of(name).m[0], of(name).m[1]]]));
  const known = trueValues(view, at);
  const height_cm = truth.person.stature_m * 100;
  const roll_deg = rollOf(camera);

  // The true joints as points; the scale of a distance that is known, so that points alone are tried.
  const distant = farAway(camera, joints.right_hip);
  for (const [eye, column, shown] of [
    [distant, 'formulas', size.map((side) => 3 * side)], // a level camera shows the person elsewhere
    [camera, 'exact', size],
  ]) {
    for (const value of withTruePoints(eye, {
      size: shown,
      joints,
      at,
      names,
      view,
      near,
      roll_deg: eye === camera ? roll_deg : 0,
    })) {
      const key = keyOf(value, view);
      if (known[key] !== undefined) rowOf(`${VIEWS[filmed]} ${key}`)[column].push(value.value - known[key]);
    }
  }

  let document;
  try {
    const options = ['--view', view, '--until', '0.01', '--height', String(height_cm), '--roll', String(roll_deg)];
    document = JSON.parse(run('assess', 'posture', video, ...options, '--json'));
  } catch {
    refused += 1;
    continue;
  }
  const who = JSON.stringify(truth.person);
  for (const value of document.values) {
    const key = keyOf(value, view);
    if (known[key] === undefined) continue;
    const row = rowOf(`${VIEWS[filmed]} ${key}`);
    const error = value.value - known[key];
    row.errors.push(error);
    row.within.push(Math.abs(error) <= value.uncertainty ? 1 : 0);
    row.people.set(who, [...(row.people.get(who) ?? []), error]);
  }
  const stature_px = Math.hypot(...[0, 1].map((i) => of('right_ear').px[i] - of('right_heel').px[i])) / 0.936;
  for (const { part, values } of document.tables.find(({ events }) => events === 'points').rows) {
    const name = part.slice(view.length + 1);
    const [x, y] = of(name).px;
    const kind = `${VIEWS[filmed]} ${name}`;
    const errors = { x: (values.point_x - x) / stature_px, y: (values.point_y - y) / stature_px };
    points.set(kind, [...(points.get(kind) ?? []), errors]);
  }
}

const sdOf = (values) => Math.sqrt(mean(values.map((one) => (one - mean(values)) ** 2)));
/** Standard deviation of a person's errors about their mean. */
function repeatSd(people) {
  let squares = 0;
  let freedom = 0;
  for (const errors of people.values()) {
    for (const error of errors) squares += (error - mean(errors)) ** 2;
    freedom += errors.length - 1;
  }
  return freedom > 0 ? Math.sqrt(squares / freedom) : null;
}

const isLength = (name) => /plumb_offset|trunk_shift/.test(name);
const summary = [...rows].sort().map(([name, { formulas, exact, errors, within, people }]) => ({
  name,
  unit: isLength(name) ? 'mm' : 'deg',
  formulas_most: Math.max(...formulas.map(Math.abs)),
  exact_most: Math.max(...exact.map(Math.abs)),
  pictures: errors.length,
  mean_absolute: errors.length > 0 ? mean(errors.map(Math.abs)) : null,
  bias: errors.length > 0 ? mean(errors) : null,
  sd: errors.length > 0 ? sdOf(errors) : null,
  within: within.length > 0 ? mean(within) : null,
  repeat_sd: repeatSd(people),
  detectable_change: repeatSd(people) === null ? null : CHANGE * repeatSd(people),
}));
/** Root mean square, and standard deviation about each side's own mean: an offset of both sides cancels in a level. */
const pointErrors = ['front', 'back', 'side'].flatMap((view) =>
  PAIRS.flatMap((name) => {
    const sides = ['left', 'right'].flatMap((side) => {
      const errors = points.get(`${view} ${side}_${name}`);
      return errors ? [errors] : [];
    });
    if (sides.length === 0) return [];
    const all = (axis) => Math.sqrt(mean(sides.flat().map((error) => error[axis] ** 2)));
    const random = (axis) => Math.sqrt(mean(sides.map((errors) => sdOf(errors.map((error) => error[axis])) ** 2)));
    return [{ name: `${view} ${name}`, x: all('x'), y: all('y'), sd_x: random('x'), sd_y: random('y') }];
  }),
);
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ measures: summary, points: pointErrors, refused }, null, 2));
} else {
  const shown = (value) => (value === null ? '–' : value.toFixed(1)).padStart(6);
  console.log(
    'view and measure                    unit  far ≤ near ≤        n  error   bias     SD   within  repeats  SDC',
  );
  for (const row of summary) {
    const within = shown(row.within === null ? null : 100 * row.within);
    console.log(
      `${row.name.padEnd(35)} ${row.unit.padEnd(4)} ${shown(row.formulas_most)} ${shown(row.exact_most)} ` +
        `${String(row.pictures).padStart(8)} ${shown(row.mean_absolute)} ${shown(row.bias)} ${shown(row.sd)} ` +
        `${within} % ${shown(row.repeat_sd)} ${shown(row.detectable_change)}`,
    );
  }
  console.log(`pictures refused: ${refused}`);
  console.log('automatic points off the drawn joints, root mean square, % of stature');
  const percent = (value) => (100 * value).toFixed(2);
  for (const { name, x, y, sd_x, sd_y } of pointErrors)
    console.log(
      `  ${name.padEnd(16)} ${percent(x)} (SD ${percent(sd_x)}) sideways ${percent(y)} (${percent(sd_y)}) up`,
    );
}
const off = summary.filter(({ unit: of, formulas_most }) => formulas_most > (of === 'mm' ? MOST_MM : MOST_DEG));
if (rows.size === 0) console.log('  no clip with a truth of `make rendered`');
for (const { name, formulas_most, unit: of } of off)
  console.error(`posture: ${name} with the true points from far away is off by ${formulas_most.toFixed(1)} ${of}`);
process.exit(off.length > 0 ? 1 : 0);
