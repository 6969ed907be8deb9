// SPDX-License-Identifier: Apache-2.0
// Recognition of rendered people, who do the catalog's exercises: named first, among the first five, called unknown, by
// view; then each clip that another exercise comes before.
//
//   node tests/revalidation/rendered_recognition.mjs [FOLDER] [--model blend] [--landmarks OTHER]
//
// FOLDER, or REPRISE_RENDERED, and OTHER as for rendered_angles.mjs. They are drawn by a computer, and move as the
// templates do: no figure here says how people are recognized.
import path from 'node:path';
import { option, renderedClips, renderedFolder, run } from './rendered.mjs';

const folder = renderedFolder();
const model = option('--model', 'blend');
const landmarks = option('--landmarks', undefined);

const read = (truth, name) => {
  if (truth.schema === 'reprise.rendered_truth/1') return truth;
  console.error(`rendered_recognition: ${name} has no truth that can be read; make the folder again.`);
  process.exit(2);
};

const rows = [];
for (const { name, view, video, truth } of renderedClips(folder, read)) {
  const input = landmarks ? path.join(landmarks, `${path.basename(video, '.mp4')}.landmarks.json`) : video;
  const { ranked, unknown } = JSON.parse(run('recognize', input, '--model', model, '--json', '--top', '5').toString());
  const rank = ranked.findIndex(({ exercises }) => exercises.includes(truth.exercise)) + 1;
  rows.push({ name, view, rank, unknown, first: ranked[0]?.exercises[0] });
}
const share = (some, holds) => `${((100 * some.filter(holds).length) / some.length).toFixed(0)} %`;
const line = (what, some) =>
  console.log(
    `  ${what.padEnd(12)} ${String(some.length).padStart(4)} clips: first ${share(some, (r) => r.rank === 1)}, ` +
      `of five ${share(some, (r) => r.rank > 0)}, called unknown ${share(some, (r) => r.unknown > 0.5)}`,
  );
console.log(`Recognition of rendered people, ${landmarks ? path.basename(landmarks) : `${model} network`}`);
for (const view of [...new Set(rows.map((r) => r.view))].sort()) {
  line(
    view,
    rows.filter((r) => r.view === view),
  );
}
line('all', rows);
for (const r of rows.filter(({ rank }) => rank !== 1))
  console.log(`  ${r.name}: ${r.rank || 'not among five'}; first ${r.first}`);
