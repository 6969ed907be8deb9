// SPDX-License-Identifier: Apache-2.0
// Checks the words and the line lengths of docs/style.md. words.json lists the patterns to avoid, each with the text to
// write instead.
//
//   node tests/structure/words.mjs

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COLUMNS = 120;

/** The files that are checked: code, scripts, prose. */
const CHECKED =
  /\.(cpp|h|ts|tsx|mts|css|html|mjs|js|py|sh|cmake|txt|toml|yml|yaml|lua|md|in)$|(^|\/)(Makefile|Dockerfile)$/;
const FOREIGN = /^tests\/fuzz\/corpus\//;
/** Texts for patients and clinicians, and the files that must name the words. */
const WORDS_EXCLUDED = /^((web\/)?translations|catalog)\/|^docs\/style\.md$|^tests\/structure\/words/;

/** Lists the occurrences of an entry in a file as line numbers; 0 stands for the path. */
export function occurrences({ pattern, in: where }, { path, text }) {
  if (where && !new RegExp(where).test(path)) return [];
  const regexp = new RegExp(pattern, 'gm');
  const found = [...path.matchAll(regexp)].map(() => 0);
  for (const match of text.matchAll(regexp)) found.push(text.slice(0, match.index).split('\n').length);
  return found;
}

/** Lists the lines over 120 columns, but for tables, JSON, addresses, and single words, which cannot be wrapped. */
export function long_lines({ path, text }) {
  const prose = path.endsWith('.md');
  let in_json = false;
  return text.split('\n').flatMap((line, i) => {
    if (prose && line.trimStart().startsWith('```')) in_json = !in_json && /```json/.test(line);
    if (line.length <= COLUMNS || in_json || (prose && line.trimStart().startsWith('|'))) return [];
    const without_addresses = line.replace(/https?:\/\/[^\s)]+/g, '').replace(/\]\([^\s)]+\)/g, ']');
    return without_addresses.length > COLUMNS && /\S\s+\S/.test(line) ? [i + 1] : [];
  });
}

/** Returns a sentence for each word and each line of a file that must change. */
export function problems_in(words, file) {
  const { path } = file;
  const wrong = WORDS_EXCLUDED.test(path) ? [] : words;
  return [
    ...wrong.flatMap((entry) =>
      occurrences(entry, file).map((line) => `${path}:${line}: /${entry.pattern}/: write instead: ${entry.write}`),
    ),
    ...long_lines(file).map((line) => `${path}:${line}: is longer than ${COLUMNS} columns`),
  ];
}

function read_files(root) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.split('\0'))]
    .filter((path) => CHECKED.test(path) && !FOREIGN.test(path))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(root, path), 'utf8') }];
      } catch {
        return []; // deleted, but not yet in the index
      }
    });
}

function main() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const words = JSON.parse(readFileSync(join(root, 'tests/structure/words.json'), 'utf8'));
  const files = read_files(root);
  const problems = files.flatMap((file) => problems_in(words, file));
  for (const problem of problems) console.error(problem);
  console.log(`words and line lengths: ${files.length} files checked, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main());
