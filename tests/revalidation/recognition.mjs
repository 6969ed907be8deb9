// SPDX-License-Identifier: Apache-2.0
// Recognition of exercises. Simulated people who did not draw the templates: named first, among the first five, and,
// with their own group left out, called unknown. The clips: the same, and each clip as every exercise that it does not
// show: how many wrong pairs count more than one repetition without a word that it looks like another. `reps`: classes
// that the catalog has, of points that lost their proportions.
//
//   node tests/revalidation/recognition.mjs [--seed 1] [--people 3] [--model lite] [--landmarks FOLDER] [--rows]
//
// Needs reprise_recognition_people and reprise_recognition_files beside `reprise`. The recordings are not part of the
// repository: ../shared/data or REPRISE_DATA=<folder> (video/clips, video/squat, reps).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { clip_jobs } from './clips.mjs';
import { data, recording, reprise } from './recordings.mjs';

const value = (name, otherwise) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const programs = path.join(path.dirname(reprise), '../tests/revalidation');
const catalog = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../catalog/exercises');
const model = value('--model', 'lite');
const folder = value('--landmarks', path.join(path.dirname(reprise), '..', 'clip_landmarks', model));
const quiet = { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 };
const lines = (program, args) =>
  execFileSync(path.join(programs, program), args, quiet)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const share = (rows, holds) => `${((100 * rows.filter(holds).length) / rows.length).toFixed(1)} %`;

const [drawn, ...people] = lines('reprise_recognition_people', [catalog, value('--seed', '1'), value('--people', '3')]);
console.log(`${drawn.exercises} exercises, templates drawn in ${drawn.drawing_s.toFixed(2)} s`);
console.log(`${people.length} simulated people: first ${share(people, (p) => p.rank === 1)},`);
console.log(`  of five ${share(people, (p) => p.rank <= 5)}, called unknown ${share(people, (p) => p.unknown > 0.5)},`);
console.log(`  own group left out: called unknown ${share(people, (p) => p.left_out.unknown > 0.5)},`);
console.log(`  the right exercise called another ${share(people, (p) => p.called_other)}`);

const shown = new Map();
for (const job of clip_jobs()) {
  const file = path.join(folder, job.clip.replace(/\.mp4$/, '.landmarks.json'));
  if (!shown.has(file)) shown.set(file, { video: path.join(data, job.folder, job.clip), exercise: null });
  if (job.truth > 0) shown.get(file).exercise = job.exercise;
}
const missing = [...shown].filter(([file]) => !fs.existsSync(file)).map(([, clip]) => clip.video);
if (missing.length > 0) execFileSync(reprise, ['pose', ...missing, '--model', model, '--out', folder], quiet);
const clips = lines('reprise_recognition_files', [catalog, ...shown.keys()]).map((clip) => {
  const { exercise } = shown.get(clip.file);
  const rank = clip.ranked.findIndex((g) => g.exercises.includes(exercise)) + 1;
  const alike = rank > 0 ? clip.ranked[rank - 1].exercises : [];
  const wrong = clip.told.filter((t) => !alike.includes(t.exercise));
  const silent = wrong.filter((t) => t.counted > 1 && !t.called_other);
  const called_other = clip.told.some((t) => t.exercise === exercise && t.called_other);
  return { ...clip, exercise, rank, wrong, silent, called_other };
});
const known = clips.filter((c) => c.exercise);
const none = clips.filter((c) => !c.exercise);
const pairs = clips.flatMap((c) => c.wrong);
const silent = clips.flatMap((c) => c.silent);
const counted = pairs.filter((t) => t.counted > 1);
console.log(`${known.length} clips of an exercise, ${model} network: first ${share(known, (c) => c.rank === 1)},`);
console.log(
  `  of five ${share(known, (c) => c.rank > 0 && c.rank < 6)}, called unknown ${share(known, (c) => c.unknown > 0.5)},`,
);
console.log(`  called another ${share(known, (c) => c.called_other)}`);
console.log(`${none.length} clips of none: called unknown ${share(none, (c) => c.unknown > 0.5)}`);
console.log(
  `${pairs.length} wrong pairs: ${counted.length} count more than one repetition, ${silent.length} without a word`,
);
const live = pairs.filter((t) => t.live_other_s !== undefined);
const live_right = known.filter((c) => c.told.some((t) => t.exercise === c.exercise && t.live_other_s !== undefined));
const delays = live.map((t) => t.live_other_s).sort((a, b) => a - b);
const delay = (part) => delays[Math.floor(part * (delays.length - 1))]?.toFixed(1);
console.log(
  `live: ${live.length} wrong pairs called another, half of them within ${delay(0.5)} s and nine of ten within ` +
    `${delay(0.9)} s of the clip's begin; and ${live_right.length} right ones`,
);
if (process.argv.includes('--rows')) {
  for (const c of clips) {
    const best = c.ranked.slice(0, 3).map((g) => `${g.group} ${g.distance.toFixed(2)}`);
    const pairs_of = c.silent.map((t) => `${t.exercise} ${t.counted}`);
    console.log(
      `  ${path.basename(c.file)}: ${c.exercise ?? 'none'} is ${c.rank}; ${best.join(', ')}; silent: ${pairs_of}`,
    );
  }
}

// Class names of `reps`, of exercises that the catalog has.
const classes = new Map([
  ['squat', 'squat'],
  ['squant', 'squat'],
  ['situp', 'sit_up'],
  ['push_up', 'push_up'],
  ['jump_jack', 'jumping_jack'],
  ['jumpjacks', 'jumping_jack'],
  ['front_raise', 'shoulder_flexion'],
  ['frontraise', 'shoulder_flexion'],
  ['pull_up', 'pull_up'],
  ['pullups', 'pull_up'],
]);
const poses = path.join(path.dirname(recording('reps/annotation.csv')), 'poses');
const table = fs.readFileSync(recording('reps/annotation.csv'), 'utf8').trim().split('\n').slice(1);
const rows = [];
for (const line of table) {
  const [, name, file] = line.split(',');
  const array = path.join(poses, (file ?? '').replace('.mp4', '.npy'));
  if (!fs.existsSync(array)) continue;
  try {
    const args = ['recognize', array, '--json', '--top', '5'];
    const found = JSON.parse(execFileSync(reprise, args, quiet));
    const rank = found.ranked.findIndex((g) => g.exercises.includes(classes.get(name))) + 1;
    rows.push({ known: classes.has(name), rank, unknown: found.unknown });
  } catch (error) {
    if (error.status !== 5) throw error; // 5: no frame shows a person
  }
}
const of_catalog = rows.filter((r) => r.known);
const others = rows.filter((r) => !r.known);
console.log(`${of_catalog.length} of reps in the catalog: first ${share(of_catalog, (r) => r.rank === 1)},`);
console.log(`  of five ${share(of_catalog, (r) => r.rank > 0)}`);
console.log(`${others.length} other reps: called unknown ${share(others, (r) => r.unknown > 0.5)}`);
