// Checks the words and the line lengths of docs/style.md. words.json lists the patterns to avoid, what to write
// instead, and how often each still occurs. A number may fall, never rise.
//
//   node tests/structure/words.mjs            fails if a number has risen
//   node tests/structure/words.mjs --lower    stores the numbers that have fallen
//   node tests/structure/words.mjs --where X  lists the occurrences of the patterns that match the word X
//   node tests/structure/words.mjs --lines    lists the lines over 120 columns

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COLUMNS = 120;
const STORE = 'tests/structure/words.json';

const KINDS = {
  'c++': /\.(cpp|h)(\.in)?$/,
  web: /\.(ts|tsx|mts|css|html)$/,
  scripts: /\.(mjs|js|py|sh|cmake|txt|toml|yml|yaml|lua)$|(^|\/)(Makefile|Dockerfile)$/,
  prose: /\.md$/,
};
const kind_of = (path) => Object.keys(KINDS).find((kind) => KINDS[kind].test(path));

/** Texts for patients and clinicians, foreign input, and the two files that must name the words. */
const EXCLUDED = /^(web\/translations|catalog|tests\/fuzz\/corpus)\/|^docs\/style\.md$|^tests\/structure\/words/;

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
  const prose = KINDS.prose.test(path);
  let in_json = false;
  return text.split('\n').flatMap((line, i) => {
    if (prose && line.trimStart().startsWith('```')) in_json = !in_json && /```json/.test(line);
    if (line.length <= COLUMNS || in_json || (prose && line.trimStart().startsWith('|'))) return [];
    const without_addresses = line.replace(/https?:\/\/[^\s)]+/g, '').replace(/\]\([^\s)]+\)/g, ']');
    return without_addresses.length > COLUMNS && /\S\s+\S/.test(line) ? [i + 1] : [];
  });
}

/** Counts words and long lines of the files, in the form of words.json. */
export function count({ words }, files) {
  const lines = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0]));
  for (const file of files) lines[kind_of(file.path)] += long_lines(file).length;
  const searched = files.filter(({ path }) => !EXCLUDED.test(path));
  const sum = (entry) => searched.reduce((total, file) => total + occurrences(entry, file).length, 0);
  return { long_lines: lines, words: words.map((entry) => ({ ...entry, count: sum(entry) })) };
}

/** Compares the stored numbers with the present ones. Returns a sentence for each that rose, and how many fell. */
export function compare(stored, now) {
  const risen = [];
  let fallen = 0;
  const one = (before, after, message) => {
    if (after > before) risen.push(`${message} (${before} before, ${after} now)`);
    if (after < before) fallen += 1;
  };
  for (const [kind, after] of Object.entries(now.long_lines)) {
    one(stored.long_lines[kind] ?? 0, after, `${kind}: more lines over ${COLUMNS} columns`);
  }
  now.words.forEach(({ pattern, write, count: after }, i) => {
    one(stored.words[i].count, after, `/${pattern}/ occurs more often; write instead: ${write}`);
  });
  return { risen, fallen };
}

/** Lays out words.json: one entry a line. */
export function laid_out({ long_lines: lines, words }) {
  const entries = words.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `{\n  "long_lines": ${JSON.stringify(lines)},\n  "words": [\n${entries}\n  ]\n}\n`;
}

/** Takes the smaller of each two numbers. */
export function lowered(stored, now) {
  const lines = Object.entries(now.long_lines).map(([kind, n]) => [kind, Math.min(n, stored.long_lines[kind] ?? 0)]);
  const words = now.words.map((entry, i) => ({ ...entry, count: Math.min(entry.count, stored.words[i].count) }));
  return { long_lines: Object.fromEntries(lines), words };
}

function read_files(root) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.split('\0'))]
    .filter((path) => kind_of(path) && !path.startsWith('tests/fuzz/corpus/'))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(root, path), 'utf8') }];
      } catch {
        return []; // deleted, but not yet in the index
      }
    });
}

function main(option, word) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const stored = JSON.parse(readFileSync(join(root, STORE), 'utf8'));
  const files = read_files(root);
  if (option === '--where') {
    for (const entry of stored.words.filter(({ pattern }) => new RegExp(pattern, 'm').test(word))) {
      for (const file of files.filter(({ path }) => !EXCLUDED.test(path))) {
        for (const line of occurrences(entry, file)) console.log(`${file.path}:${line}`);
      }
    }
    return 0;
  }
  if (option === '--lines') {
    for (const file of files) for (const line of long_lines(file)) console.log(`${file.path}:${line}`);
    return 0;
  }
  const now = count(stored, files);
  const { risen, fallen } = compare(stored, now);
  for (const problem of risen) console.error(problem);
  const left = now.words.reduce((total, entry) => total + entry.count, 0);
  console.log(`words: ${left} left to replace, ${Object.values(now.long_lines).reduce((a, b) => a + b)} long lines`);
  if (option === '--lower') writeFileSync(join(root, STORE), laid_out(lowered(stored, now)));
  else if (fallen > 0) console.log(`${fallen} numbers fell; store them: node tests/structure/words.mjs --lower`);
  return risen.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(...process.argv.slice(2)));
