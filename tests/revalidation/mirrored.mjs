// SPDX-License-Identifier: Apache-2.0
// What a pose network does differently to left and right: clips of people and their mirror images. A network that is
// even gives mirrored landmarks; half the difference is its own, left minus right, in cm (x across the picture, y down,
// z away from the camera), median over the frames of a clip, mean over the clips. `reprise` takes it away from the
// heavy network (engine/pose/symmetric_networks.h); ends with an error where more than 3 cm are left.
//
//   node tests/revalidation/mirrored.mjs [FOLDER] [--model heavy|full|lite|blend] [--all]
//
// FOLDER: what `make rendered` writes. Without it, clips of real people, which are not part of the repository:
// ../shared/data or REPRISE_DATA=<folder> (video/clips, video/squat). --all prints every pair of landmarks: half of it
// is what the table in symmetric_networks.cpp must be changed by.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { recording } from './recordings.mjs';
import { mean, median, option, run, scratchFolder } from './rendered.mjs';

const model = option('--model', 'heavy');
const folder = process.argv[2]?.startsWith('--') ? undefined : process.argv[2];
const clips = folder
  ? fs
      .readdirSync(folder)
      .filter((file) => file.endsWith('.mp4'))
      .map((file) => path.join(folder, file))
  : ['squat_1', 'squat_2_front_cut', 'jumping_jack_1_front_cut', 'side_lunge_1', 'lunge_1']
      .map((name) => recording(`video/clips/${name}.mp4`))
      .concat(recording('video/squat/pose_squats.mp4'));
const joints = ['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'];
const others = ['eye', 'ear', 'pinky', 'index', 'thumb', 'heel', 'foot_index'];
const points = process.argv.includes('--all') ? [...joints, ...others] : joints;
const limitCm = 3;

const out = scratchFolder();
function landmarks(video, name) {
  run('pose', video, '--model', model, '--out', path.join(out, name));
  const stem = path.basename(video, path.extname(video));
  return JSON.parse(fs.readFileSync(path.join(out, name, `${stem}.landmarks.json`), 'utf8'));
}

const found = new Map(points.map((point) => [point, []])); // [x, y, z] of each clip, cm
for (const [number, clip] of clips.entries()) {
  const flipped = path.join(out, `${number}.mp4`);
  execFileSync('ffmpeg', ['-v', 'error', '-i', clip, '-vf', 'hflip', '-an', '-c:v', 'libx264', '-crf', '10', flipped]);
  const seen = landmarks(clip, 'as_filmed');
  const mirrored = landmarks(flipped, 'mirrored');
  const both = seen.landmarks
    .map((picture, i) => [picture.world_m, mirrored.landmarks[i]?.world_m])
    .filter(([a, b]) => a && b);
  for (const point of points) {
    const [left, right] = ['left', 'right'].map((side) => seen.landmark_names.indexOf(`${side}_${point}`));
    const along = (axis) =>
      median(
        both.map(([a, b]) => a[left][axis] - a[right][axis] + (axis === 0 ? -1 : 1) * (b[left][axis] - b[right][axis])),
      );
    found.get(point).push([0, 1, 2].map((axis) => 50 * along(axis)));
  }
}
console.log(`Left minus right as the ${model} network sees it, its own share, cm: x, y, z (${clips.length} clips)`);
let most = 0;
for (const [point, list] of found) {
  const means = [0, 1, 2].map((axis) => mean(list.map((xyz) => xyz[axis])));
  if (joints.includes(point)) most = Math.max(most, ...means.map(Math.abs));
  console.log(`  ${point.padEnd(10)} ${means.map((cm) => cm.toFixed(1).padStart(5)).join(' ')}`);
}
if (most > limitCm) {
  console.error(`mirrored: ${most.toFixed(1)} cm are left; ${limitCm} were allowed`);
  process.exit(1);
}
