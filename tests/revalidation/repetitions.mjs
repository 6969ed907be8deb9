// SPDX-License-Identifier: Apache-2.0
// Blind counting of repetitions: `reprise repetitions` on the recordings of `reps`, without a word on the exercise,
// against the counts in annotation.csv. Off by one: share of recordings whose count is at most one off. Error: the mean
// of |counted - true| / max(true, 1). Rows with odd and even numbers apart, and those that lost under 2 % of frames.
// Intervals: 90 %, bootstrap over recordings. Then the clips of exercises that were counted by eye, with the lite
// network.
//
//   node tests/revalidation/repetitions.mjs [--json] [--rows]
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (reps, video).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { clip_jobs } from './clips.mjs';
import { data, recording, reprise } from './recordings.mjs';

const table = fs.readFileSync(recording('reps/annotation.csv'), 'utf8').trim().split('\n').slice(1);
const folder = path.dirname(recording('reps/annotation.csv'));

/** The share of frames of a [frames, 104] float32 array that are all zeros: no person was found. */
function lostShare(file) {
  const bytes = fs.readFileSync(file);
  const begin = 10 + bytes.readUInt16LE(8);
  const columns = 104;
  const frames = (bytes.length - begin) / (4 * columns);
  let lost = 0;
  for (let f = 0; f < frames; ++f) {
    const at = begin + 4 * columns * f;
    if (bytes.subarray(at, at + 4 * columns).every((b) => b === 0)) ++lost;
  }
  return lost / frames;
}

const rows = table.map((line) => {
  const [row, exercise, name, count] = line.split(',');
  const file = path.join(folder, 'poses', name.replace('.mp4', '.npy'));
  let counted = 0;
  try {
    counted = JSON.parse(execFileSync(reprise, ['repetitions', file, '--json'], { stdio: 'pipe' })).count;
  } catch (error) {
    if (error.status !== 5) throw error; // 5: no frame shows a person
  }
  const off = Math.abs(counted - Number(count));
  return {
    row: Number(row),
    exercise,
    name,
    truth: Number(count),
    counted,
    off_by_one: off <= 1 ? 1 : 0,
    error: off / Math.max(Number(count), 1),
    lost: lostShare(file),
  };
});

const clips = [];
for (const job of clip_jobs().filter((j) => j.sure && j.truth > 0)) {
  const file = path.join(data, job.folder, job.clip);
  const printed = execFileSync(reprise, ['repetitions', file, '--model', 'lite', '--json'], { stdio: 'pipe' });
  clips.push({ clip: job.clip, exercise: job.exercise, truth: job.truth, counted: JSON.parse(printed).count });
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
let seed = 1;
const random = () => {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
};
function withInterval(values) {
  const means = Array.from({ length: 2000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)])),
  );
  means.sort((a, b) => a - b);
  return { value: mean(values), from: means[100], to: means[1899] };
}
const groups = {
  all: rows,
  'even rows': rows.filter((r) => r.row % 2 === 0),
  'odd rows': rows.filter((r) => r.row % 2 === 1),
  'under 2 % lost': rows.filter((r) => r.lost < 0.02),
};
const results = Object.entries(groups).map(([name, of]) => ({
  recordings: name,
  n: of.length,
  off_by_one: withInterval(of.map((r) => r.off_by_one)),
  error: withInterval(of.map((r) => r.error)),
}));

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ results, rows, clips }, null, 2));
} else {
  const shown = (v) => `${v.value.toFixed(3)} [${v.from.toFixed(2)}, ${v.to.toFixed(2)}]`;
  console.log('Blind counting, share off by at most one and mean error, each with its 90 % interval');
  for (const r of results) {
    console.log(`${r.recordings.padEnd(16)}${String(r.n).padStart(4)}   ${shown(r.off_by_one)}   ${shown(r.error)}`);
  }
  const exact = clips.filter((c) => c.counted === c.truth).length;
  const near = clips.filter((c) => Math.abs(c.counted - c.truth) === 1).length;
  console.log(`clips, lite network: ${exact} of ${clips.length} exact, ${near} more off by one`);
  for (const c of clips.filter((c) => c.counted !== c.truth)) {
    console.log(`  ${c.clip} (${c.exercise}): ${c.counted} instead of ${c.truth}`);
  }
  if (process.argv.includes('--rows')) {
    for (const r of rows.filter((r) => !r.off_by_one)) {
      const lost = `${(100 * r.lost).toFixed(0)} % lost`;
      console.log(`  row ${r.row} ${r.exercise} ${r.name}: ${r.counted} instead of ${r.truth}, ${lost}`);
    }
  }
}
