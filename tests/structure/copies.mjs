// SPDX-License-Identifier: Apache-2.0
// Finds copied code with jscpd: runs of at least 60 equal tokens over 5 lines, comments aside. copies.json holds how
// many there are. The number may fall, never rise.
//
//   node tests/structure/copies.mjs            fails if the number has risen
//   node tests/structure/copies.mjs --lower    stores a number that has fallen
//   node tests/structure/copies.mjs --list     lists the copies, the longest first

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STORE = 'tests/structure/copies.json';
/** Texts for people, foreign input, data, and prose. */
const IGNORED = ['build', 'node_modules', 'translations', 'corpus', 'fixtures'].map((folder) => `**/${folder}/**`);
const FORMATS = 'cpp,c-header,typescript,tsx,javascript,css,python,bash,cmake,lua';

/** Lists the copies below a folder, the longest first: how many tokens, and where each of the two stands. */
export function copies(root) {
  const out = mkdtempSync(join(tmpdir(), 'reprise-copies-'));
  const jscpd = fileURLToPath(new URL('../../node_modules/jscpd/run-jscpd.js', import.meta.url));
  const options = ['--min-tokens', '60', '--min-lines', '5', '--mode', 'weak', '--format', FORMATS];
  const report = ['--reporters', 'json', '--output', out, '--ignore', IGNORED.join(',')];
  try {
    const silent = ['ignore', 'ignore', 'pipe'];
    execFileSync(process.execPath, [jscpd, ...options, ...report, '.'], { cwd: root, stdio: silent });
    const { duplicates } = JSON.parse(readFileSync(join(out, 'jscpd-report.json'), 'utf8'));
    const place = ({ name, start }) => `${name}:${start}`;
    return duplicates
      .map(({ tokens, firstFile, secondFile }) => ({ tokens, places: [place(firstFile), place(secondFile)].sort() }))
      .sort((a, b) => b.tokens - a.tokens);
  } finally {
    rmSync(out, { recursive: true });
  }
}

function main([option]) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const found = copies(root);
  const { copies: allowed } = JSON.parse(readFileSync(join(root, STORE), 'utf8'));
  const risen = found.length > allowed;
  if (option === '--list' || risen) {
    for (const { tokens, places } of found) console.log(`${tokens} tokens: ${places.join(' and ')}`);
  }
  if (option === '--lower' && found.length < allowed) {
    writeFileSync(join(root, STORE), `${JSON.stringify({ copies: found.length })}\n`);
  }
  console.log(`copied code: ${found.length} copies, ${allowed} allowed`);
  if (found.length < allowed && option !== '--lower') console.log('store it: node tests/structure/copies.mjs --lower');
  if (risen) {
    console.error('There is more copied code than before: give what stands twice one place.');
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
