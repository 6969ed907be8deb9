// SPDX-License-Identifier: Apache-2.0
// The folder of rendered clips that a script is given, and its clips: NAME_truth.json and NAME_VIEW.mp4 of each camera.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { reprise } from './recordings.mjs';

export const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs `reprise`; throws where it fails. */
export const run = (...words) => execFileSync(reprise, words, { stdio: 'pipe' });

/** A folder for results, gone when the script ends. */
export function scratchFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rendered-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true }));
  return folder;
}

/** The value of an option of the command line, or the usual one. */
export function option(name, usual) {
  const at = process.argv.indexOf(name);
  return at < 0 ? usual : process.argv[at + 1];
}

/** The first argument, or REPRISE_RENDERED; without either the script ends and says that it is skipped. */
export function renderedFolder() {
  const named = process.argv[2]?.startsWith('--') ? undefined : process.argv[2];
  const folder = named ?? process.env.REPRISE_RENDERED;
  if (!folder) {
    console.log('skipped: no folder of rendered clips is named (REPRISE_RENDERED)');
    process.exit(0);
  }
  if (fs.existsSync(folder)) return folder;
  console.error(`there is no folder ${folder}; name one with rendered clips and their truth.`);
  process.exit(2);
}

/** Each clip as { name, view, video, truth }. `read(truth, name)` gives the truth, or null to leave it out. */
export function* renderedClips(folder, read) {
  for (const file of fs.readdirSync(folder).filter((f) => f.endsWith('_truth.json'))) {
    const name = file.slice(0, -'_truth.json'.length);
    const truth = read(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')), name);
    for (const view of Object.keys(truth?.cameras ?? {})) {
      const video = path.join(folder, `${name}_${view}.mp4`);
      if (fs.existsSync(video)) yield { name: `${name}_${view}`, view, video, truth };
    }
  }
}
