// SPDX-License-Identifier: Apache-2.0
// The pose network's depth against the joints that were drawn: for each line through the body the shares of its true
// depth that it shows of people who face the camera and of those who show their back, what it adds, and the deviation.
// By these figures the fit of a recording corrects the network's depth (`network_depth_lines` in
// engine/inverse_kinematics); learn them on other seeds than those that angles are measured on.
//
//   node tests/revalidation/rendered_depths.mjs [FOLDER] [--model blend] [--landmarks OTHER]
//
// FOLDER, or REPRISE_RENDERED: what `make rendered` writes (docs/guide/rendered-people.md). OTHER: a folder to which
// `reprise pose` has written the landmarks of these clips.
import fs from 'node:fs';
import path from 'node:path';
import { mean, option, renderedClips, renderedFolder, run, scratchFolder } from './rendered.mjs';

const folder = renderedFolder();
const model = option('--model', 'blend');
const landmarks = option('--landmarks', undefined);
const leastVisibility = 0.5;
const ofBothSides = (name, from, to) =>
  ['left', 'right'].map((s) => ({ name, from: [`${s}_${from}`], to: [`${s}_${to}`] }));
const lines = [
  { name: 'hips', from: ['left_hip'], to: ['right_hip'] },
  { name: 'shoulders', from: ['left_shoulder'], to: ['right_shoulder'] },
  { name: 'trunk', from: ['left_hip', 'right_hip'], to: ['left_shoulder', 'right_shoulder'] },
  ...ofBothSides('thigh', 'hip', 'knee'),
  ...ofBothSides('shank', 'knee', 'ankle'),
  ...ofBothSides('upper arm', 'shoulder', 'elbow'),
  ...ofBothSides('forearm', 'elbow', 'wrist'),
];
// Of the stature (engine/skeleton/shape.h): thigh, shank and trunk, by which the network's meters get a stature.
const longLines = { hip: 'shoulder', knee: 'hip', ankle: 'knee' };
const shareOfLongLines = 0.245 + 0.246 + 0.288;

/** Solves the normal equations of a small least-squares problem. */
function leastSquares(rows, values) {
  const n = rows[0].length;
  const matrix = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? 1e-9 : 0)),
    rows.reduce((sum, row, k) => sum + row[i] * values[k], 0),
  ]);
  for (let i = 0; i < n; ++i) {
    const pivot = matrix[i][i];
    matrix[i] = matrix[i].map((value) => value / pivot);
    for (let k = 0; k < n; ++k) {
      const factor = matrix[k][i];
      if (k !== i) matrix[k] = matrix[k].map((value, j) => value - factor * matrix[i][j]);
    }
  }
  return matrix.map((row) => row[n]);
}

const samples = new Map(); // name of a line → { shown, depth, facing, clip }, lengths as shares of the stature
const out = landmarks ?? scratchFolder();
const current = (truth) => (truth.schema === 'reprise.rendered_truth/1' ? truth : null);
for (const { name: clip, view, video, truth } of renderedClips(folder, current)) {
  const away = truth.cameras[view].to_camera[2];
  if (!landmarks) run('pose', video, '--model', model, '--out', out);
  const seen = JSON.parse(fs.readFileSync(path.join(out, `${clip}.landmarks.json`), 'utf8'));
  const pictures = seen.landmarks.filter((picture) => picture.world_m);
  const at = (picture, point) => picture.world_m[seen.landmark_names.indexOf(point)];
  const statures = pictures
    .map((picture) => {
      const lengths = ['left', 'right'].flatMap((side) =>
        Object.entries(longLines).map(([a, b]) => {
          const [p, q] = [at(picture, `${side}_${a}`), at(picture, `${side}_${b}`)];
          return Math.hypot(...p.map((value, axis) => value - q[axis]));
        }),
      );
      return lengths.reduce((a, b) => a + b, 0) / 2 / shareOfLongLines;
    })
    .sort((a, b) => a - b);
  const stature = statures[Math.floor(statures.length * 0.75)]; // depth that is lost shortens them
  for (const picture of pictures) {
    const frame = truth.frames[Math.round(picture.time_s * truth.fps)];
    if (!frame) continue;
    const trueDepth = (point) => {
      const joint = frame.joints[truth.joints.indexOf(point)];
      return away.reduce((sum, value, axis) => sum + value * joint[axis], 0);
    };
    for (const line of lines) {
      const ends = [...line.from, ...line.to];
      if (ends.some((point) => picture.visibility[seen.landmark_names.indexOf(point)] < leastVisibility)) continue;
      const along = (depth) => mean(line.to.map(depth)) - mean(line.from.map(depth));
      const list = samples.get(line.name) ?? [];
      list.push({
        shown: along((point) => at(picture, point)[2]) / stature,
        depth: along(trueDepth) / truth.person.stature_m,
        facing: -away[0], // people face the x axis
        clip,
      });
      samples.set(line.name, list);
    }
  }
}
if (samples.size === 0) console.log('no clip with a truth of `make rendered`');
else console.log(`Depth of the ${model} network: share shown, forward (front; back), deviation, that of clips' means`);
for (const [name, list] of samples) {
  const rows = list.map(({ depth, facing }) => [
    (depth * (1 + facing)) / 2,
    (depth * (1 - facing)) / 2,
    Math.max(facing, 0),
    Math.min(facing, 0),
  ]);
  const found = leastSquares(
    rows,
    list.map((s) => s.shown),
  );
  const off = list.map((s, i) => s.shown - rows[i].reduce((sum, value, k) => sum + value * found[k], 0));
  const clips = [...new Set(list.map((s) => s.clip))];
  const means = clips.map((clip) => mean(off.filter((_, i) => list[i].clip === clip)));
  const deviation = (values) => Math.sqrt(mean(values.map((value) => value * value))).toFixed(3);
  const [front, back, forwardFront, forwardBack] = found;
  console.log(
    `  ${name.padEnd(10)} front ${front.toFixed(2)}, ${forwardFront.toFixed(3)}  back ${back.toFixed(2)}, ` +
      `${forwardBack.toFixed(3)}  ${deviation(off)}  ${deviation(means)}  ` +
      `${list.length} pictures of ${clips.length} clips`,
  );
}
