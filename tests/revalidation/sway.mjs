// SPDX-License-Identifier: Apache-2.0
// Sway of `reprise balance` against the published table of the same recordings (Santos & Duarte 2016): mean velocity,
// area of the 95 % prediction ellipse, mean frequency.
//
//   node tests/revalidation/sway.mjs
//
// The recordings are not part of the repository: ../shared/data or REPRISE_DATA=<folder> (balance).
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { recording } from './recordings.mjs';
import { judge, measured, measureOf } from './statistics.mjs';

const folder = recording('balance');
const [head, ...lines] = readFileSync(path.join(folder, 'BDSinfoCOP.txt'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split('\t'));
const published = new Map(lines.map((line) => [line[0], Object.fromEntries(head.map((name, i) => [name, line[i]]))]));

const worst = { velocity: 0, area: 0, frequency: 0 };
const files = readdirSync(folder).filter((file) => /^BDS\d+\.txt$/.test(file));
for (const file of files) {
  const row = published.get(file.replace('.txt', ''));
  const document = measured('balance', path.join(folder, file));
  const off = (measure, value) => Math.abs(measureOf(document, measure) / value - 1);
  worst.velocity = Math.max(worst.velocity, off('sway_velocity', Number(row.COPvelo) * 10));
  worst.area = Math.max(worst.area, off('sway_area', Number(row.COParea)));
  worst.frequency = Math.max(worst.frequency, off('sway_mean_frequency', Number(row.COPmfreq)));
}
console.log(`sway on a force plate, ${files.length} trials; the file rounds to 5 significant figures or more:`);
judge([
  {
    what: 'velocity, largest difference',
    text: `${(100 * worst.velocity).toExponential(1)} %`,
    holds: worst.velocity < 1e-3,
  },
  { what: 'area', text: `${(100 * worst.area).toExponential(1)} % (wanted 0.1)`, holds: worst.area < 1e-3 },
  {
    what: 'mean frequency',
    text: `${(100 * worst.frequency).toExponential(1)} % (wanted 1)`,
    holds: worst.frequency < 1e-2,
  },
]);
