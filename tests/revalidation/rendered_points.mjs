// SPDX-License-Identifier: Apache-2.0
// The pose network's points in pictures of rendered people against the joints that were drawn, projected by the known
// cameras: how far apart they are by view and point, in cm at the person's distance, and with left and right exchanged,
// which must be farther; and by the visibility that the network states. Checks the truth (cameras, sides, times) and
// shows the network's offsets from a rig's joints.
//
//   node tests/revalidation/rendered_points.mjs [FOLDER] [--model blend] [--landmarks OTHER]
//
// FOLDER, or REPRISE_RENDERED: what `make rendered` writes (docs/guide/rendered-people.md). OTHER: a folder to which
// `reprise pose` has written the landmarks of these clips.
import fs from 'node:fs';
import path from 'node:path';
import { mean, median, option, renderedClips, renderedFolder, run, scratchFolder } from './rendered.mjs';

const folder = renderedFolder();
const model = option('--model', 'blend');
const landmarks = option('--landmarks', undefined);
const points = ['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle', 'heel', 'foot_index'];
const leastVisibility = 0.5;

/** Pixels of a joint, and how many cm a pixel is there. */
function project(camera, size, point) {
  const away = point.map((value, i) => value - camera.lens_m[i]);
  const [x, y, z] = camera.to_camera.map((row) => row.reduce((sum, value, i) => sum + value * away[i], 0));
  return {
    x: size[0] / 2 + (camera.focal_px * x) / z,
    y: size[1] / 2 + (camera.focal_px * y) / z,
    cm: (100 * z) / camera.focal_px,
  };
}

const rows = new Map(); // "view point" → { own: [], exchanged: [] }, cm
const bands = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9]; // of visibility
const byVisibility = bands.map(() => []);
const out = landmarks ?? scratchFolder();
const current = (truth) => (truth.schema === 'reprise.rendered_truth/1' ? truth : null);
for (const { name, view, video, truth } of renderedClips(folder, current)) {
  const camera = truth.cameras[view];
  if (!landmarks) run('pose', video, '--model', model, '--out', out);
  const seen = JSON.parse(fs.readFileSync(path.join(out, `${name}.landmarks.json`), 'utf8'));
  for (const picture of seen.landmarks) {
    const frame = truth.frames[Math.round(picture.time_s * truth.fps)];
    if (!frame || !picture.image_px) continue;
    for (const point of points) {
      for (const [side, other] of [
        ['left', 'right'],
        ['right', 'left'],
      ]) {
        const landmark = seen.landmark_names.indexOf(`${side}_${point}`);
        const visibility = picture.visibility[landmark];
        const [x, y] = picture.image_px[landmark];
        const distance = (of) => {
          const p = project(camera, truth.size_px, frame.joints[truth.joints.indexOf(`${of}_${point}`)]);
          return Math.hypot(x - p.x, y - p.y) * p.cm;
        };
        byVisibility[bands.findLastIndex((from) => visibility >= from)].push(distance(side));
        if (visibility < leastVisibility) continue;
        const row = rows.get(`${view} ${point}`) ?? { own: [], exchanged: [] };
        row.own.push(distance(side));
        row.exchanged.push(distance(other));
        rows.set(`${view} ${point}`, row);
      }
    }
  }
}
console.log(`Points of the ${model} network from the drawn joints, median in cm (with left and right exchanged)`);
const byView = new Map(); // all points: one alone may coincide with the other side's
for (const [name, row] of [...rows].sort()) {
  const [view, point] = name.split(' ');
  const own = median(row.own);
  const exchanged = median(row.exchanged);
  console.log(`  ${view.padEnd(10)} ${point.padEnd(11)} ${own.toFixed(1)} (${exchanged.toFixed(1)})`);
  const all = byView.get(view) ?? { own: [], exchanged: [] };
  all.own.push(own);
  all.exchanged.push(exchanged);
  byView.set(view, all);
}
for (const [i, list] of byVisibility.entries()) {
  if (list.length === 0) continue;
  const to = bands[i + 1] ?? 1;
  list.sort((a, b) => a - b);
  console.log(
    `  visibility ${bands[i]} to ${to}: ${median(list).toFixed(1)} cm, nine of ten within ` +
      `${list[Math.floor(0.9 * (list.length - 1))].toFixed(1)} cm, ${list.length} points`,
  );
}
if (rows.size === 0) console.log('  no clip with a truth of `make rendered`');
const wrong = [...byView].filter(([, all]) => mean(all.own) >= mean(all.exchanged)).map(([view]) => view);
if (wrong.length > 0) {
  console.error(`rendered_points: points are nearer to the other side's joints from ${wrong.join(', ')}`);
  process.exit(1);
}
