// SPDX-License-Identifier: Apache-2.0
// How far the requirements of OWASP ASVS 5.0, levels 1 and 2, are met: docs/operations/asvs-5.0.csv.
//
//   node tests/structure/asvs.mjs [--write]     checks the file, and the counts in docs/operations/security.md; --write
//   puts them there
// A requirement that is met names its proof: a unit test, or a file of the repository. Where the standard itself is at
// hand ($REPRISE_DATA or ../shared/data, security/asvs_5.0.0_en.csv), the file has each of its requirements with its
// level.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { declared_tests } from './docs_agree.mjs';

/** Rows of a CSV text as objects by its head; quoted fields may hold commas, quotes and line ends. */
export function read_csv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

export function problems_in(rows, { tests, has_file, standard }) {
  const problems = [];
  const seen = new Set();
  for (const { requirement, level, status, how, proof } of rows) {
    const say = (what) => problems.push(`docs/operations/asvs-5.0.csv: ${requirement}: ${what}`);
    if (seen.has(requirement)) say('stands twice');
    seen.add(requirement);
    if (!['1', '2'].includes(level)) say('its level is neither 1 nor 2');
    if (how.trim() === '') say('does not say how or why');
    const proofs = proof.split(' ').filter(Boolean);
    if (status === 'met' && proofs.length === 0) say('is met, and names no proof');
    if (!['met', 'not met', 'n/a'].includes(status)) say(`its status is "${status}"`);
    for (const one of proofs) if (one.includes('/') ? !has_file(one) : !tests.has(one)) say(`there is no ${one}`);
  }
  for (const [requirement, level] of standard ?? []) {
    const row = rows.find((one) => one.requirement === requirement);
    if (!row) problems.push(`docs/operations/asvs-5.0.csv: ${requirement} is missing`);
    else if (row.level !== level)
      problems.push(`docs/operations/asvs-5.0.csv: ${requirement} has level ${level} in the standard`);
  }
  if (standard)
    for (const { requirement } of rows)
      if (!standard.has(requirement))
        problems.push(`docs/operations/asvs-5.0.csv: ${requirement} is no requirement of levels 1 and 2`);
  return problems;
}

export function counts_of(rows) {
  const count = (status) => rows.filter((row) => row.status === status).length;
  const [met, unmet, none] = [count('met'), count('not met'), count('n/a')];
  return { met, unmet, none, applies: met + unmet, percent: (100 * met) / (met + unmet) };
}

const table = (rows) => {
  const chapter_of = ({ requirement }) => Number(/^V(\d+)/.exec(requirement)?.[1]);
  const chapters = [...new Set(rows.map(chapter_of))];
  const line = (name, { met, unmet, none, percent, applies }) =>
    `| ${name} | ${met} | ${unmet} | ${none} | ${applies ? `${percent.toFixed(1)} %` : '–'} |`;
  return [
    '| Chapter | met | not met | n/a | of those that apply |',
    '|---|---|---|---|---|',
    ...chapters.map((chapter) => line(`V${chapter}`, counts_of(rows.filter((row) => chapter_of(row) === chapter)))),
    line('All', counts_of(rows)),
  ].join('\n');
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const rows = read_csv(readFileSync(join(root, 'docs/operations/asvs-5.0.csv'), 'utf8'));
  const data = join(process.env.REPRISE_DATA ?? join(root, '../shared/data'), 'security/asvs_5.0.0_en.csv');
  const standard = existsSync(data)
    ? new Map(
        read_csv(readFileSync(data, 'utf8'))
          .filter(({ L }) => L === '1' || L === '2')
          .map(({ req_id, L }) => [req_id, L]),
      )
    : undefined;
  const problems = problems_in(rows, {
    tests: declared_tests(root),
    has_file: (file) => existsSync(join(root, file)),
    standard,
  });
  const path = join(root, 'docs/operations/security.md');
  const page = readFileSync(path, 'utf8');
  const filled = page.replace(/(<!-- asvs:begin -->\n)[\s\S]*(<!-- asvs:end -->)/, `$1${table(rows)}\n$2`);
  if (process.argv.includes('--write')) writeFileSync(path, filled);
  else if (filled !== page)
    problems.push(
      'docs/operations/security.md: its counts are not those of docs/operations/asvs-5.0.csv ' +
        '(node tests/structure/asvs.mjs --write)',
    );
  for (const problem of problems) console.error(problem);
  const { met, applies, percent } = counts_of(rows);
  console.log(
    `ASVS 5.0, levels 1 and 2: ${met} of ${applies} that apply are met (${percent.toFixed(1)} %)` +
      (standard ? '' : '; the standard is not at hand, so the list of requirements was not compared'),
  );
  process.exit(problems.length === 0 ? 0 : 1);
}
