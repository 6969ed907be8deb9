// SPDX-License-Identifier: Apache-2.0
// How long `reprise analyze` takes on one core, as a share of the clip's duration, with each network and the default.
//
//   node bench/analysis.mjs
//
// Clips: ../shared/data or REPRISE_DATA=<folder> (video/clips). The least of three rounds, in which the networks take
// turns.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { data, reprise } from '../tests/revalidation/recordings.mjs';

const CLIPS = [
  ['squat_2_side_cut.mp4', 'squat'],
  ['front_raise_1.mp4', 'shoulder_flexion'],
  ['knee_bend_1.mp4', 'heel_slide'],
];
const MODELS = ['lite', 'full', 'heavy', 'blend'];
const out = fs.mkdtempSync(path.join(os.tmpdir(), 'reprise-analysis-'));

function analyzed(clip, exercise, model) {
  const input = path.join(data, 'video/clips', clip);
  const options = ['analyze', input, '-e', exercise, '-o', out, '--model', model, '--threads', '1', '--again'];
  const begin = process.hrtime.bigint();
  execFileSync('taskset', ['-c', '0', reprise, ...options], { stdio: ['ignore', 'ignore', 'ignore'] });
  const took_s = Number(process.hrtime.bigint() - begin) / 1e9;
  const { source, exercise: done } = JSON.parse(fs.readFileSync(path.join(out, 'session.json'), 'utf8'));
  return { took_s, duration_s: source.duration_s, pictures: done.frames.total };
}

for (const [clip, exercise] of CLIPS) {
  const best = new Map();
  for (let round = 0; round < 3; ++round) {
    for (const model of MODELS) {
      const now = analyzed(clip, exercise, model);
      if (!(best.get(model)?.took_s <= now.took_s)) best.set(model, now);
    }
  }
  const { duration_s, pictures } = best.get('lite');
  console.log(`${clip}: ${duration_s.toFixed(1)} s, ${(pictures / duration_s).toFixed(1)} pictures a second`);
  for (const [model, { took_s }] of best) {
    console.log(
      `  ${model.padEnd(6)} ${(took_s / duration_s).toFixed(2)} of the duration; ` +
        `${((1000 * took_s) / pictures).toFixed(1)} ms a picture`,
    );
  }
}
fs.rmSync(out, { recursive: true });
