// SPDX-License-Identifier: Apache-2.0
// Counts repetitions in real clips with the `reprise` command and compares with the counts made by eye.
//
//   node tests/revalidation/clip_counts.mjs [--json] [--model blend] [--only NAME]
//
// The clips are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (video/clips, video/squat).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clip_jobs } from './clips.mjs';
import { data, reprise } from './recordings.mjs';

const flag = (name) => process.argv.includes(name);
const value = (name, otherwise) => (flag(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);

const jobs = clip_jobs();

const out = fs.mkdtempSync(path.join(os.tmpdir(), 'reprise-clips-'));
const results = [];
for (const job of jobs.filter((j) => j.clip.includes(value('--only', '')))) {
  const folder = path.join(out, `${job.clip}-${job.exercise}`);
  try {
    const printed = execFileSync(
      reprise,
      [
        'analyze',
        path.join(data, job.folder, job.clip),
        '--exercise',
        job.exercise,
        '--out',
        folder,
        '--model',
        value('--model', 'blend'),
        '--threads',
        '2',
        '--json',
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const summary = JSON.parse(printed).results[0];
    job.counted = summary.repetitions_complete;
    job.partial = summary.repetitions_partial;
    job.open = summary.repetitions_open;
    job.quality = summary.mean_quality;
    job.range = summary.best_range;
    job.warnings = summary.warnings.map((w) => w.code);
    job.error = Math.abs(job.counted - job.truth);
  } catch (error) {
    job.failure = String(error.stderr ?? error.message)
      .trim()
      .split('\n')
      .at(-1);
    job.error = Infinity;
  }
  results.push(job);
  if (!flag('--json')) {
    const verdict = job.failure ?? (job.error === 0 ? 'exact' : `off by ${job.error}`);
    console.log(
      `${job.clip.padEnd(30)} ${job.exercise.padEnd(20)} by eye ${String(job.truth).padStart(2)}  counted ` +
        `${String(job.counted ?? '-').padStart(2)}  ${verdict}` +
        `${job.sure ? '' : '  (count by eye not sure)'}`,
    );
  }
}
fs.rmSync(out, { recursive: true });

const sure = results.filter((r) => r.sure);
const summary = {
  clips: results.length,
  sure: sure.length,
  exact: sure.filter((r) => r.error === 0).length,
  off_by_one: sure.filter((r) => r.error === 1).length,
  worse: sure.filter((r) => r.error > 1).length,
};
if (flag('--json')) console.log(JSON.stringify({ summary, results }, null, 2));
else
  console.log(
    `${summary.exact} of ${summary.sure} sure counts exact, ${summary.off_by_one} off by one, ${summary.worse} worse`,
  );
process.exit(summary.worse === 0 && summary.off_by_one <= 1 ? 0 : 1);
