// SPDX-License-Identifier: Apache-2.0
// The set-up check, the raised hand and the parts of a repetition on real clips, through the browser's module: no one
// in them gives the signal, and most stand where the exercise can be judged.
//
//   make wasm && node tests/revalidation/set_up_check_clips.mjs [--model lite]
//
// The clips are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (video/clips).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { recording, reprise } from './recordings.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.resolve(process.env.REPRISE_MODULE ?? path.join(root, 'build/wasm/module'));
const { loadReprise } = await import(pathToFileURL(path.join(folder, 'reprise.mjs')));
const engine = await loadReprise({ wasm: fs.readFileSync(path.join(folder, 'reprise_engine.wasm')) });
const model = process.argv.includes('--model') ? process.argv[process.argv.indexOf('--model') + 1] : 'lite';

// The expected finding on average: none, or the clip's known one.
const clips = [
  ['bicep_curl_1', 'elbow_flexion', null],
  ['front_raise_1', 'shoulder_flexion', 'cut_off'], // no room for the arm overhead
  ['jumping_jack_1_front_cut', 'jumping_jack', null],
  ['knee_bend_1', 'heel_slide', null],
  ['lunge_1', 'forward_lunge', null],
  ['neck_side_bend_1', 'neck_side_bend', null],
  ['push_up_1', 'push_up', null],
  ['shoulder_abduction_1', 'shoulder_abduction', 'too_near'], // the hands leave the picture
  ['shoulder_press_2', 'overhead_press', null],
  ['side_lunge_1', 'side_lunge', null],
  ['sit_up_1', 'sit_up', null],
  ['squat_1', 'squat', null],
  ['squat_2_front_cut', 'squat', null],
  ['squat_2_side_cut', 'squat', null],
  ['squat_5', 'squat', null],
];

const out = fs.mkdtempSync(path.join(os.tmpdir(), 'reprise_set_up_'));
const videos = clips.map(([clip]) => recording(`video/clips/${clip}.mp4`));
execFileSync(reprise, ['pose', ...videos, '--model', model, '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });

let wrong = 0;
for (const [clip, id, expected] of clips) {
  const { source, landmarks } = JSON.parse(fs.readFileSync(path.join(out, `${clip}.landmarks.json`), 'utf8'));
  const exercise = engine.exercise(fs.readFileSync(path.join(root, 'catalog/exercises', `${id}.json`), 'utf8'));
  const [readiness, coach] = [exercise.readiness(), exercise.coach()];
  const [width_px, height_px] = source.picture_px;
  const first = {};
  let signals = 0;
  for (const { time_s, world_m, visibility, image_px } of landmarks) {
    const frame = { time_s, ...(world_m && { world_m: world_m.flat(), visibility, image_px: image_px?.flat() }) };
    coach.step(frame);
    const state = readiness.step(frame, { width_px, height_px });
    const kind = state.findings[0]?.kind ?? 'good';
    first[kind] = (first[kind] ?? 0) + 1;
    if (state.raised_hand || coach.now.raised_hand) ++signals;
  }
  const most = Object.entries(first).sort((a, b) => b[1] - a[1])[0][0];
  const well = most === (expected ?? 'good') && signals === 0;
  if (!well) ++wrong;
  console.log(
    `${well ? 'ok   ' : 'WRONG'} ${clip} as ${id}: ${Object.entries(first)
      .map(([kind, n]) => `${kind} ${n}`)
      .join(', ')}; ` + `hand up ${signals}; ${coach.count} counted`,
  );
}
fs.rmSync(out, { recursive: true });
console.log(wrong === 0 ? `all ${clips.length} as they should be` : `${wrong} of ${clips.length} otherwise`);
process.exitCode = wrong === 0 ? 0 : 1;
