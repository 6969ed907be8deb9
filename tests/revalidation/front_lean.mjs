// SPDX-License-Identifier: Apache-2.0
// How far upright people, filmed from in front, seem to lean in depth: what a limit on the trunk's inclination in the
// catalog must leave room for. Clips whose exercise keeps the trunk upright; degrees between the trunk and the
// vertical in the network's meters.
//
//   node tests/revalidation/front_lean.mjs [--json]
//
// The clips are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (video/clips). Exit code 1 where
// the 95th percentile of a clip is beyond the room that front views are given.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { recording, reprise } from './recordings.mjs';

const room_deg = 40;
const clips = ['shoulder_abduction_1', 'jumping_jack_1_front_cut', 'shoulder_press_2', 'neck_side_bend_1'];

function inclinations_deg({ landmark_names, landmarks }) {
  const place = (name) => landmark_names.indexOf(name);
  const [shoulders, hips] = [
    ['left_shoulder', 'right_shoulder'],
    ['left_hip', 'right_hip'],
  ].map((pair) => pair.map(place));
  return landmarks
    .filter(({ world_m }) => world_m)
    .map(({ world_m }) => {
      const sum = (pair, axis) => world_m[pair[0]][axis] + world_m[pair[1]][axis];
      const trunk = [0, 1, 2].map((axis) => sum(shoulders, axis) - sum(hips, axis));
      return (Math.acos(Math.abs(trunk[1]) / Math.hypot(...trunk)) * 180) / Math.PI;
    })
    .sort((a, b) => a - b);
}

const out = fs.mkdtempSync(path.join(os.tmpdir(), 'reprise-lean-'));
const rows = [];
for (const clip of clips) {
  for (const model of ['lite', 'full', 'heavy']) {
    const folder = path.join(out, model);
    execFileSync(reprise, ['pose', recording(`video/clips/${clip}.mp4`), '--model', model, '--out', folder], {
      stdio: 'ignore',
    });
    const sorted = inclinations_deg(JSON.parse(fs.readFileSync(path.join(folder, `${clip}.landmarks.json`), 'utf8')));
    const [low, median, high] = [0.05, 0.5, 0.95].map((share) => sorted[Math.floor(share * sorted.length)]);
    rows.push({ clip, model, low, median, high });
  }
}
fs.rmSync(out, { recursive: true });

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(rows, null, 2));
} else {
  console.log('Apparent inclination of upright trunks from in front, degrees: 5th percentile, median, 95th');
  for (const { clip, model, low, median, high } of rows)
    console.log(
      `${clip.padEnd(26)} ${model.padEnd(6)} ${[low, median, high].map((v) => v.toFixed(0).padStart(4)).join('')}`,
    );
}
process.exit(rows.every(({ high }) => high <= room_deg) ? 0 : 1);
