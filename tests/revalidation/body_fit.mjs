// SPDX-License-Identifier: Apache-2.0
// Prints how well the body fit finds known angles and lengths under noise, outliers and drop-outs (simulated movement),
// beside the landmarks as seen and smoothed one by one.
//
//   node tests/revalidation/body_fit.mjs

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const printed = execFileSync(path.join(root, 'build/release/tests/revalidation/reprise_body_fit_accuracy'), {
  encoding: 'utf8',
});
console.log(printed.trimEnd());

// What the project wants: 2.5 degrees in the angles of the sagittal plane, lengths within 1 %.
const wanted = /(Knee flexion|Hip flexion|Ankle dorsiflexion|Trunk forward lean) .* (\d+\.\d+)$/gm;
const missed = [...printed.matchAll(wanted)]
  .filter((match) => Number(match[2]) > 2.5)
  .map((match) => `${match[1]} ${match[2]}`);
for (const [, , off] of printed.matchAll(/(shank|thigh|trunk) (-?\d+\.\d)/g))
  if (Math.abs(Number(off)) > 1) missed.push(`length ${off} %`);
if (missed.length) console.error(`missed: ${missed.join(', ')}`);
process.exit(missed.length ? 1 : 0);
