// SPDX-License-Identifier: Apache-2.0
// People alone before the camera of a visit: `visit.mjs --alone`. Public clips (recordings.mjs) whose exercise is known
// from their list, and one figure drawn by a computer. Of an exercise of the whole body, or of both arms, every
// proposal is wrong; of the others any but the named test.
import path from 'node:path';
import { recording } from './recordings.mjs';
import { run, scratchFolder } from './rendered.mjs';

/** The test that a clip shows; null: none, it moves more than one joint. */
const clips = {
  squat_1: null,
  squat_2_front_cut: null,
  squat_2_side_cut: null,
  squat_5: null,
  lunge_1: null,
  side_lunge_1: null,
  jumping_jack_1_front_cut: null,
  shoulder_press_2: null,
  front_raise_1: null,
  shoulder_abduction_1: null,
  bicep_curl_1: 'elbow_flexion',
  neck_side_bend_1: 'neck_lateral_flexion',
};

function counted(codes) {
  const counts = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return Object.entries(counts).map(([code, count]) => `${count} ${code}`);
}

function watched(name, video, shows) {
  const found = JSON.parse(run('assess', 'visit', video, '--json'));
  const proposed = found.proposals.flatMap(({ test, trials }) => trials.map(() => test));
  const wrong = proposed.filter((test) => test !== shows);
  return {
    name,
    shows,
    proposed: proposed.length,
    wrong,
    left_out: counted(found.left_out.map(({ code }) => code)),
  };
}

/** Prints a line for each; returns how many proposals are wrong. */
export function watch_people_alone(as_json) {
  const rows = [];
  const add = (row) => {
    rows.push(row);
    if (as_json) return;
    const wrong = row.wrong.length === 0 ? '' : `, WRONG ${counted(row.wrong).join(', ')}`;
    console.log(
      `${row.name.padEnd(26)} ${(row.shows ?? '-').padEnd(22)} ${String(row.proposed).padStart(2)} proposed` +
        `${wrong}; left out: ${row.left_out.join(', ') || 'none'}`,
    );
  };
  const folder = scratchFolder();
  run('generate', 'squat', '--repetitions', '5', '--clip', '--out', folder);
  add(watched('drawn squat', path.join(folder, 'clip.mp4'), null));
  for (const [name, shows] of Object.entries(clips)) {
    add(watched(name, recording(path.join('video/clips', `${name}.mp4`)), shows));
  }
  if (as_json) console.log(JSON.stringify(rows, null, 2));
  return rows.reduce((sum, { wrong }) => sum + wrong.length, 0);
}
