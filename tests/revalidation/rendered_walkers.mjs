// SPDX-License-Identifier: Apache-2.0
// Rendered people who walk as people did in recorded motion, in front of three virtual cameras: their videos, landmarks
// and the truth of their joints, made once and kept in a folder. Behind cameras.mjs and camera_errors.mjs.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordedWalks } from './recorded_walks.mjs';
import { data, recording, reprise } from './recordings.mjs';
import { mean } from './rendered.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const renderer = path.join(root, 'build/release/tests/revalidation/reprise_render_walkers');

export const VIEWS = ['front', 'oblique45', 'side90'];
export const rms = (values) => Math.sqrt(mean(values.map((v) => v * v)));
export const quiet = (program, ...words) => execFileSync(program, words, { encoding: 'utf8', stdio: 'pipe' });

/** Each walk of each person: its name, the truth, the landmarks' file of a view, and the pictures' size. */
export function* walkers(folder, seeds, only = undefined) {
  const pack = recording('render/pack');
  for (const walk of recordedWalks(data)) {
    if (only && !only.includes(walk.name)) continue;
    const movement = path.join(folder, `${walk.name}.json`);
    fs.writeFileSync(movement, JSON.stringify(walk));
    for (const seed of seeds) {
      const name = `${walk.name}_${seed}`;
      const truthFile = path.join(folder, `${name}_truth.json`);
      if (!fs.existsSync(truthFile)) quiet(renderer, pack, movement, String(seed), folder, ...VIEWS);
      const landmarks = (view) => path.join(folder, `${name}_${view}.landmarks.json`);
      for (const view of VIEWS) {
        if (!fs.existsSync(landmarks(view)))
          quiet(reprise, 'pose', path.join(folder, `${name}_${view}.mp4`), '--model', 'heavy', '--out', folder);
      }
      const size = JSON.parse(fs.readFileSync(landmarks(VIEWS[0]), 'utf8')).source.picture_px;
      yield { name, seed, truth: JSON.parse(fs.readFileSync(truthFile, 'utf8')), landmarks, size };
    }
  }
}

/** A rotation matrix (rows) as Rodrigues' vector. */
function rodrigues(m) {
  const angle = Math.acos(Math.min(1, Math.max(-1, (m[0][0] + m[1][1] + m[2][2] - 1) / 2)));
  const axis = [m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]];
  const length = Math.hypot(...axis);
  return length > 1e-9 ? axis.map((v) => (v * angle) / length) : [0, 0, 0];
}

/** The virtual cameras as a calibration; the room of the truth has y up, that of a calibration z. */
export function calibration(truth, views, size) {
  return views
    .map((view) => {
      const { to_camera: m, lens_m: lens, focal_px: focal } = truth.cameras[view.replace('changed_', '')];
      // x, y, z of the calibration's room are x, -z, y of the truth's.
      const turned = m.map(([x, y, z]) => [x, -z, y]);
      const place = m.map((row) => -(row[0] * lens[0] + row[1] * lens[1] + row[2] * lens[2]));
      return `[${view}]\nsize = [${size}]\nmatrix = [[${focal}, 0, ${size[0] / 2}],
[0, ${focal}, ${size[1] / 2}], [0, 0, 1]]
distortions = [0, 0, 0, 0]\nrotation = [${rodrigues(turned)}]\ntranslation = [${place}]\nfisheye = false\n`;
    })
    .join('\n');
}

export function readCsv(file) {
  const [head, ...rows] = fs.readFileSync(file, 'utf8').trim().split('\n');
  const names = head.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i], cell])));
}

/** The truth at a time, between its frames. */
export function between(truth, t, value) {
  const after = truth.frames.findIndex((f) => f.t >= t - 1e-3);
  if (after < 0) return undefined;
  const b = truth.frames[after];
  const a = truth.frames[Math.max(0, after - 1)];
  const share = b.t > a.t ? (t - a.t) / (b.t - a.t) : 0;
  return value(a) * (1 - share) + value(b) * share;
}
