// SPDX-License-Identifier: Apache-2.0
// Gestures that are made: rendered people squat, then raise a hand or hold an arm out for two and a half seconds,
// before cameras in front of them and at 45 degrees. How many gestures are heard in the landmarks that a network finds,
// and how many are taken for the other one. Drawn by a computer: no person is filmed.
//
//   node tests/revalidation/made_gestures.mjs [--people 6] [--seed 1] [--model lite]
//
// Needs reprise_render_people and reprise_gesture_accuracy beside `reprise`, and the meshes in ../shared/data or
// REPRISE_DATA (render/pack).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { recording, reprise } from './recordings.mjs';
import { option, run, scratchFolder } from './rendered.mjs';

const catalog = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../catalog/exercises');
const programs = path.join(path.dirname(reprise), '../tests/revalidation');
const people = option('--people', '6');
const pack = recording('render/pack');
const GESTURES = { hand_up: { right_shoulder_flexion: 165 }, arm_out: { right_shoulder_abduction: 90 } };
const VIEWS = ['front', 'oblique45'];

/** A catalog of one exercise: a squat, then the arm. */
function squatThen(arm, folder) {
  const file = JSON.parse(fs.readFileSync(path.join(catalog, 'squat.json'), 'utf8'));
  const low = file.movement.keyframes[1].degrees;
  const moments = [
    [0, {}],
    [2, low],
    [4, {}],
    [5.5, {}],
    [6.2, arm],
    [8.7, arm],
    [9.4, {}],
    [10, {}],
  ];
  file.movement.duration_s = 10;
  file.movement.keyframes = moments.map(([at_s, degrees]) => ({ at: at_s / 10, degrees }));
  file.progression = { easier: [], harder: [] }; // which are not in this catalog
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'squat.json'), JSON.stringify(file));
  return folder;
}

const scratch = scratchFolder();
const quiet = { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 };
for (const [gesture, arm] of Object.entries(GESTURES)) {
  const other = Object.keys(GESTURES).find((one) => one !== gesture);
  const films = path.join(scratch, gesture);
  execFileSync(
    path.join(programs, 'reprise_render_people'),
    ['--pack', pack, '--exercise', 'squat', '--views', VIEWS.join(','), '--clips', people, '--repetitions', '1'].concat(
      ['--rate', '15', '--seed', option('--seed', '1'), '--out', films],
    ),
    { ...quiet, env: { ...process.env, REPRISE_CATALOG: squatThen(arm, path.join(scratch, `${gesture}_catalog`)) } },
  );
  const videos = fs.readdirSync(films).filter((name) => name.endsWith('.mp4'));
  const found = path.join(scratch, `${gesture}_landmarks`);
  run('pose', ...videos.map((name) => path.join(films, name)), '--model', option('--model', 'lite'), '--out', found);
  const landmarks = videos.map((name) => path.join(found, name.replace(/\.mp4$/, '.landmarks.json')));
  const rows = execFileSync(path.join(programs, 'reprise_gesture_accuracy'), ['files', catalog, ...landmarks], quiet)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ file }) => file);
  for (const view of VIEWS) {
    const seen = rows.filter(({ file }) => file.includes(`_${view}.`));
    const heard = seen.filter((row) => row[gesture] === 1).length;
    const twice = seen.filter((row) => row[gesture] > 1).length;
    const wrong = seen.filter((row) => row[other] > 0).length;
    const counts = `${heard} of ${seen.length} heard once, ${twice} more than once, ${wrong} taken for the other`;
    console.log(`${gesture}, ${view}: ${counts}`);
  }
}
