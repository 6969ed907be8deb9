// SPDX-License-Identifier: Apache-2.0
// Shows every real clip, picture by picture, to the coach in Debian's Chromium, and compares what it says with `reprise
// analyze`.
//
//   node tests/revalidation/clips_in_browser.mjs [--model lite] [--only NAME]
//
// Exit code 1 where a count differs. Events may differ in time by a picture where the two runtimes' rounding is carried
// on from picture to picture; such clips are named.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_coach_page } from '../web/coach_page.mjs';
import { builtProgram, root } from './browser.mjs';
import { clip_jobs } from './clips.mjs';
import { data } from './recordings.mjs';

const option = (name, otherwise) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const model = option('--model', 'lite');
const jobs = clip_jobs().filter(({ clip }) => clip.includes(option('--only', '')));
const command = builtProgram('cli/reprise');
const scratch = mkdtempSync(join(tmpdir(), 'reprise_clips_'));

function analyzed(clip, exercise) {
  const out = mkdtempSync(join(scratch, 'out_'));
  execFileSync(command, ['analyze', clip, '--exercise', exercise, '--model', model, '--out', out], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [file] = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('session.json'));
  return JSON.parse(readFileSync(join(out, file), 'utf8'));
}

const page = await open_coach_page({ command, clip_pictures: builtProgram('tests/web/reprise_clip_pictures') });
let exact = 0;
let other_counts = 0;
try {
  await page.page.evaluate(
    async ([wanted]) => {
      window.coach = await window.openCoach({ model: wanted });
    },
    [model],
  );
  for (const { clip, folder, exercise } of jobs) {
    const file = join(data, folder, clip);
    const native = analyzed(file, exercise);
    const json = readFileSync(join(root, `catalog/exercises/${exercise}.json`), 'utf8');
    const got = await page.page.evaluate(
      async ([url, text]) => {
        const { session, count, looks } = await window.coach_clip(window.coach, url, text);
        return { session, count, pictures: looks.length };
      },
      [page.add_clip(file), json],
    );
    const ours = JSON.parse(got.session);
    const same = JSON.stringify(ours.exercise.events) === JSON.stringify(native.exercise.events);
    const wanted = native.exercise.summary.repetitions_complete;
    if (same) exact += 1;
    if (got.count !== wanted) other_counts += 1;
    const first = native.exercise.events.findIndex(
      (event, i) => JSON.stringify(event) !== JSON.stringify(ours.exercise.events[i]),
    );
    console.log(
      `${clip.padEnd(30)} ${exercise.padEnd(20)} ${String(got.pictures).padStart(4)} pictures  ` +
        `counted ${got.count}, command ${wanted}  ` +
        (same
          ? `all ${native.exercise.events.length} events equal`
          : `events ${ours.exercise.events.length}, command ${native.exercise.events.length}; first other: ` +
            `${JSON.stringify(ours.exercise.events[first])}, ${JSON.stringify(native.exercise.events[first])}`),
    );
  }
} finally {
  await page.close();
  rmSync(scratch, { recursive: true });
}
console.log(`${model}: in ${exact} of ${jobs.length} all events equal, in ${other_counts} another count`);
process.exit(other_counts === 0 ? 0 : 1);
