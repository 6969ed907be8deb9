// SPDX-License-Identifier: Apache-2.0
// The gestures of a set. No one in the recordings makes one: how often each is heard in real clips and in recorded
// human motion before a virtual camera, whatever the exercise, and how often the pair of the clip's own exercise. In
// simulated sets of every exercise: the same; and of simulated people who make a gesture, how many are not heard.
//
//   node tests/revalidation/gestures.mjs [--seed 1] [--people 6] [--model lite] [--landmarks FOLDER] [--rows]
//
// Needs reprise_gesture_accuracy beside `reprise`. The recordings are not part of the repository: ../shared/data or
// REPRISE_DATA=<folder> (video/clips, video/squat, motion). Those of `reps` lack the proportions of the body.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { clip_jobs } from './clips.mjs';
import { film } from './recorded_people.mjs';
import { data, recording, reprise } from './recordings.mjs';

const MOST_IN_TEN_MINUTES = 1;
const MOST_MISSED = 0.02;

const value = (name, otherwise) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const catalog = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../catalog/exercises');
const program = path.join(path.dirname(reprise), '../tests/revalidation/reprise_gesture_accuracy');
const model = value('--model', 'lite');
const folder = value('--landmarks', path.join(path.dirname(reprise), '..', 'clip_landmarks', model));
const quiet = { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 };
const lines = (...args) =>
  execFileSync(program, args, quiet)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const sum = (rows, of) => rows.reduce((total, row) => total + of(row), 0);
const GESTURES = ['hand_up', 'arm_out', 'wrists_crossed'];
const minutes = (rows) => sum(rows, ({ seconds }) => seconds) / 60;
let failed = false;
const judge = (holds) => {
  failed ||= !holds;
  return holds ? 'ok' : 'MISSED';
};

// Real clips: each once, with the exercises that it shows.
const clips = new Map();
for (const { clip, folder: of, exercise, truth } of clip_jobs()) {
  const video = path.join(data, of, clip);
  if (!clips.has(video)) clips.set(video, []);
  if (truth > 0) clips.get(video).push(exercise);
}
for (const name of fs.readdirSync(path.dirname(recording('video/clips/INDEX.csv')))) {
  const video = path.join(data, 'video/clips', name);
  if (name.endsWith('.mp4') && !clips.has(video)) clips.set(video, []);
}
for (const name of ['video/squat/pose_1.mp4', 'video/walk_jump/demo.mp4']) clips.set(recording(name), []);
const landmarksOf = (video) => path.join(folder, path.basename(video).replace(/\.mp4$/, '.landmarks.json'));
const missing = [...clips.keys()].filter((video) => !fs.existsSync(landmarksOf(video)));
if (missing.length > 0) execFileSync(reprise, ['pose', ...missing, '--model', model, '--out', folder], quiet);

// Recorded human motion, from four sides.
const films = fs.mkdtempSync(path.join(os.tmpdir(), 'reprise_gestures_'));
for (const name of Object.keys(JSON.parse(fs.readFileSync(recording('motion/cmu/index.json'), 'utf8')))) {
  for (const azimuth of [0, 45, 90, 180]) {
    film({
      skeleton: recording(`motion/cmu/${name.split('_')[0]}.asf`),
      movement: recording(`motion/cmu/${name}.amc`),
      azimuth,
      hz: 15,
      out: path.join(films, `${name}-${azimuth}.json`),
    });
  }
}
const filmed = fs.readdirSync(films).map((name) => path.join(films, name));

const all = lines('files', catalog, ...[...clips.keys()].map(landmarksOf), ...filmed);
fs.rmSync(films, { recursive: true });
const choices = new Map(all.filter(({ exercise }) => exercise).map((row) => [row.exercise, row]));
const watched = all.filter(({ file }) => file);
const real = watched.slice(0, clips.size);
const recorded = watched.slice(clips.size);
const count = (asks) => [...choices.values()].filter((row) => row[asks]).length;
console.log(
  `${choices.size} exercises: ${count('hurts')} with a gesture for "it hurts", ${count('pause')} for a pause`,
);
for (const [what, rows] of [
  ['real clips', real],
  ['recorded motion', recorded],
]) {
  const heard = GESTURES.map((gesture) => `${gesture} ${sum(rows, (row) => row[gesture])}`);
  console.log(
    `${what}: ${rows.length} films, ${minutes(rows).toFixed(1)} min; heard, whatever the exercise: ${heard.join(', ')}`,
  );
  if (process.argv.includes('--rows'))
    for (const row of rows) if (GESTURES.some((gesture) => row[gesture] > 0)) console.log(JSON.stringify(row));
}
const own = [...clips.values()].flatMap((exercises, i) =>
  exercises.map((id) => ({ ...real[i], choice: choices.get(id) })),
);
for (const asks of ['pause', 'hurts']) {
  const heard = sum(own, ({ choice, ...row }) => (choice[asks] ? row[choice[asks]] : 0));
  const rate = (10 * heard) / minutes(own);
  console.log(
    `real clips as their own exercise, ${asks}: ${heard} in ${minutes(own).toFixed(1)} min ` +
      `(${rate.toFixed(2)} in 10 min): ${judge(rate <= MOST_IN_TEN_MINUTES)}`,
  );
}

const simulated = lines('people', catalog, value('--seed', '1'), value('--people', '6'));
const sets = simulated.filter(({ seconds }) => seconds !== undefined);
for (const asks of ['pause', 'hurts']) {
  const heard = sum(sets, (row) => row[asks]);
  const rate = (10 * heard) / minutes(sets);
  console.log(
    `${sets.length} simulated sets, ${minutes(sets).toFixed(0)} min, ${asks}: ${heard} ` +
      `(${rate.toFixed(2)} in 10 min): ${judge(rate <= MOST_IN_TEN_MINUTES)}`,
  );
}
const made = simulated.filter(({ gesture }) => gesture);
for (const gesture of GESTURES) {
  const rows = made.filter((row) => row.gesture === gesture);
  if (rows.length === 0) continue;
  const unheard = rows.filter(({ heard }) => heard === 0);
  const other = rows.filter(({ as_other }) => as_other > 0).length;
  const views = [...new Set(rows.map(({ view }) => view))].map((view) => {
    const seen = rows.filter((row) => row.view === view);
    return `${view} ${seen.filter(({ heard }) => heard === 0).length} of ${seen.length}`;
  });
  console.log(
    `${gesture}: ${unheard.length} of ${rows.length} not heard (${views.join(', ')}), ${other} taken for the other: ` +
      judge(unheard.length <= MOST_MISSED * rows.length && other === 0),
  );
  if (process.argv.includes('--rows')) for (const row of unheard) console.log(JSON.stringify(row));
}
process.exitCode = failed ? 1 : 0;
