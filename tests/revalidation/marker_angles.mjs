// SPDX-License-Identifier: Apache-2.0
// Joint angles that `reprise angles` computes from markers, against what another tool's inverse kinematics made of the
// same markers: OpenCap's walk, with its 43 augmented markers and with its 20 video keypoints alone. As information,
// the pelvis of OpenSim's gait2354 example.
//
//   node tests/revalidation/marker_angles.mjs [--json]
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (mocap/opencap,
// mocap/opensim_ik).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { read_storage } from './opensim_tables.mjs';
import { data, recording, reprise } from './recordings.mjs';

const walk = recording('mocap/opencap/walk.trc');

/** Columns of a .mot file by their labels. */
const read_mot = (file) => read_storage(file).columns;

const out = fs.mkdtempSync(path.join(os.tmpdir(), 'reprise-angles-'));
function angles_of(file, ...options) {
  execFileSync(reprise, ['angles', file, '--out', out, ...options]);
  return read_mot(path.join(out, 'angles.mot'));
}

/** Differences of two columns: RMS as they are, their mean, RMS without it. Both have one row a frame. */
function compare(ours, theirs) {
  const off = ours.map((value, i) => value - theirs[i]).filter(Number.isFinite);
  const mean = off.reduce((sum, d) => sum + d, 0) / off.length;
  const rms = (values) => Math.sqrt(values.reduce((sum, d) => sum + d * d, 0) / values.length);
  return { frames: off.length, raw: rms(off), mean, without_mean: rms(off.map((d) => d - mean)) };
}
const pooled = (a, b, key) => Math.sqrt((a[key] ** 2 + b[key] ** 2) / 2);

// The model splits the movement of the foot into ankle and subtalar joint, each about its own oblique axis; foot to
// shank, as markers show it, is both together. Axes: the orientations of the joints' frames in the scaled model.
function foot_to_shank(model, side, ankle_deg, subtalar_deg) {
  const turn = (axis, angle) => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return {
      x: [
        [1, 0, 0],
        [0, c, -s],
        [0, s, c],
      ],
      y: [
        [c, 0, s],
        [0, 1, 0],
        [-s, 0, c],
      ],
      z: [
        [c, -s, 0],
        [s, c, 0],
        [0, 0, 1],
      ],
    }[axis];
  };
  const times = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
  const turned_back = (a) => a[0].map((_, j) => a.map((row) => row[j]));
  const frame_of = (joint) => {
    const from = model.indexOf(`name="${joint}_${side}"`);
    const [x, y, z] = /<orientation>([^<]+)</.exec(model.slice(from))[1].trim().split(/\s+/).map(Number);
    return times(times(turn('x', x), turn('y', y)), turn('z', z));
  };
  const about = (frame, deg) => times(times(frame, turn('z', (deg * Math.PI) / 180)), turned_back(frame));
  const foot = times(about(frame_of('ankle'), ankle_deg), about(frame_of('subtalar'), subtalar_deg));
  return (Math.asin(foot[1][0]) * 180) / Math.PI; // the foot's forward axis along the shank's upward one
}

const reference = read_mot(path.join(data, 'mocap/opencap/walk.mot'));
const model = fs.readFileSync(
  path.join(data, 'mocap/opencap/LaiArnoldModified2017_poly_withArms_weldHand_scaled.osim'),
  'utf8',
);
for (const side of ['l', 'r']) {
  reference[`foot_${side}`] = reference[`ankle_angle_${side}`].map((deg, i) =>
    foot_to_shank(model, side, deg, reference[`subtalar_angle_${side}`][i]),
  );
}
const rows = [
  ['knee flexion', 'knee_angle', 'knee_angle', 4],
  ['hip flexion', 'hip_flexion', 'hip_flexion', 5],
  ['ankle dorsiflexion', 'ankle_angle', 'ankle_angle', 6],
  ['  foot to shank, ankle and subtalar', 'ankle_angle', 'foot', null],
  ['hip adduction', 'hip_adduction', 'hip_adduction', null],
  ['elbow flexion', 'elbow_flex', 'elbow_flex', null],
];
const own = (ours, column, side) =>
  ours[`${column}_${side}`] ?? ours[`${side === 'l' ? 'left' : 'right'}_trunk_${column}`];
const results = [];
for (const [set, title] of [
  ['opencap', '43 augmented markers'],
  ['video', '20 video keypoints alone'],
]) {
  const ours = angles_of(walk, '--set', set);
  for (const [name, column, theirs, limit] of rows) {
    const [left, right] = ['l', 'r'].map(
      (side) => own(ours, column, side) && compare(own(ours, column, side), reference[`${theirs}_${side}`]),
    );
    if (!left || !right) continue;
    const both = { raw: pooled(left, right, 'raw'), without_mean: pooled(left, right, 'without_mean') };
    const wanted = set === 'opencap' ? limit : null;
    results.push({
      set: title,
      name,
      left,
      right,
      both,
      limit: wanted,
      met: wanted === null || (both.raw <= wanted && both.without_mean <= wanted),
    });
  }
}
const gait = path.join(data, 'mocap/opensim_ik/subject01_synthetic_marker_data.trc');
if (fs.existsSync(gait)) {
  // That subject walks along x, so that OpenSim's tilt and list are those of the pelvis itself. Signs:
  // frames-and-units.md.
  const ours = angles_of(gait);
  const theirs = read_mot(path.join(data, 'mocap/opensim_ik/std_subject01_walk1_ik.mot'));
  for (const [name, column, coordinate] of [
    ['pelvic tilt (gait2354)', 'pelvic_tilt', 'pelvis_tilt'],
    ['pelvic obliquity (gait2354)', 'pelvic_obliquity', 'pelvis_list'],
  ]) {
    const one = compare(
      ours[column].map((v) => -v),
      theirs[coordinate],
    );
    results.push({ set: 'gait2354', name, both: one, mean: one.mean, limit: null, met: true });
  }
}
fs.rmSync(out, { recursive: true });

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(results, null, 2));
} else {
  const cell = (value) => value.toFixed(1).padStart(6);
  console.log('Against inverse kinematics of the same markers, degrees RMS: raw, (mean offset), without it');
  let set = '';
  for (const r of results) {
    if (r.set !== set)
      console.log(`${(set = r.set)}\n${''.padEnd(36)} left                    right                   both`);
    const side = (one) => `${cell(one.raw)} (${cell(one.mean)})${cell(one.without_mean)}`;
    const sides = r.left ? `${side(r.left)}   ${side(r.right)}  ` : `${''.padEnd(44)}(${cell(r.mean)})`;
    console.log(
      `${r.name.padEnd(36)}${sides} ${cell(r.both.raw)}${cell(r.both.without_mean)}` +
        (r.limit === null ? '' : `   limit ${r.limit}: ${r.met ? 'met' : 'MISSED'}`),
    );
  }
}
// The ankle coordinate alone is not what markers of a foot show; where it misses, the same quantity must hold.
const like_for_like = results.find((r) => r.name.includes('foot to shank')).both;
const holds = (r) =>
  r.met || (r.name.startsWith('ankle') && r.both.without_mean <= r.limit && like_for_like.raw <= r.limit);
process.exit(results.every(holds) ? 0 : 1);
