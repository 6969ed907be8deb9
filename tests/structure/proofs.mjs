// SPDX-License-Identifier: Apache-2.0
// Which tests the docs name as proof of a control, and whether they ran.
//
//   node tests/structure/proofs.mjs BUILD_FOLDER…
//
// after the tests of those builds: fails where a proof named in docs/hazards.md or docs/operations/security.md did not
// run, and says which were skipped. That each exists is checked without any build by docs_agree.mjs.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';

const TABLES = { 'docs/hazards.md': /^\| (H\d+) \|/, 'docs/operations/security.md': /^\| (F\d+) \|/ };

/** How a row says that there is no test, and why. */
const NO_TEST = /No test: \S/;

const isUnitTest = (name) => /^\w+\.\w+$/.test(name) && !name.endsWith('.mjs') && !name.endsWith('.sh');
const isScript = (name) => /^[\w/.-]+\.(mjs|sh|test\.ts|spec\.ts)$/.test(name);
/** A test that only CTest knows by name, as server.full_disk.sqlite. */
const isCTest = (name) => /^\w+(\.\w+){2,}$/.test(name) && !isScript(name);

/** The rows of a table and the proofs in their last column. */
export function proofs_in(markdown, row) {
  return markdown.split('\n').flatMap((line) => {
    const id = row.exec(line)?.[1];
    if (!id) return [];
    const last = line
      .replace(/\s*\|\s*$/, '')
      .split(' | ')
      .at(-1);
    const names = [...last.matchAll(/`([^`]+)`/g)]
      .map((match) => match[1])
      .filter((name) => isUnitTest(name) || isScript(name) || isCTest(name));
    return [{ id, names, explained: NO_TEST.test(last) }];
  });
}

const read_tables = (root) =>
  Object.entries(TABLES)
    .filter(([file]) => existsSync(join(root, file)))
    .map(([file, row]) => ({ file, rows: proofs_in(readFileSync(join(root, file), 'utf8'), row) }));

/** Lists the errors of the tables alone. `tests`: the unit tests that the sources declare. */
export function unproven(root, tests) {
  return read_tables(root).flatMap(({ file, rows }) =>
    rows.flatMap(({ id, names, explained }) => {
      if (names.length === 0 && !explained)
        return [`${file}: ${id} names no test, and does not say why there is none ("No test: …")`];
      return names
        .filter((name) => (isUnitTest(name) ? !tests.has(name) : isScript(name) && !existsSync(join(root, name))))
        .map((name) => `${file}: ${id}: there is no test ${name}`);
    }),
  );
}

/** "All/Suite.Name/3" and "module.Suite.Name" are Suite.Name. */
const plain = (name) => name.replace(/^(?:[a-z_0-9]+\.)?(?:\w+\/)?(\w+\.\w+)(?:\/.*)?$/, '$1');

const attribute = (text, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1];

/** Each test of a build's last run with its outcome: "passed", "skipped" or "failed". */
export function outcomes_in(build) {
  const outcomes = new Map();
  const note = (name, outcome) => {
    if (outcomes.get(name) !== 'passed') outcomes.set(name, outcome);
  };
  const listed = spawnSync('ctest', ['--test-dir', build, '--show-only=json-v1'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const commands = new Map(
    JSON.parse(listed.stdout || '{"tests":[]}').tests.map(({ name, command = [] }) => [name, command]),
  );
  for (const [, head] of readFileSync(join(build, 'ctest.xml'), 'utf8').matchAll(
    /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const name = attribute(head, 'name');
    const status = attribute(head, 'status');
    const outcome = status === 'run' ? 'passed' : status === 'fail' ? 'failed' : 'skipped';
    const command = commands.get(name) ?? [];
    const filter = command.find((part) => part.startsWith('--gtest_filter='))?.slice('--gtest_filter='.length) ?? '';
    note(name, outcome);
    note(plain(name), outcome);
    if (/^[\w/.]+$/.test(filter)) note(plain(filter), outcome);
    for (const part of command)
      for (const [script] of part.matchAll(/(?:tests|wasm|bench)\/[\w/.-]+\.(?:mjs|sh|spec\.ts)$/g))
        note(script, outcome);
  }
  const folder = join(build, 'unit_tests');
  const page_tests = new Map(); // a file of tests passed if all of them did
  for (const report of existsSync(folder) ? readdirSync(folder) : []) {
    for (const [, head, body = ''] of readFileSync(join(folder, report), 'utf8').matchAll(
      /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
    )) {
      const outcome = body.includes('<failure')
        ? 'failed'
        : body.includes('<skipped') || attribute(head, 'result') === 'skipped'
          ? 'skipped'
          : 'passed';
      const of = attribute(head, 'classname');
      if (of.endsWith('.test.ts')) {
        const before = page_tests.get(`web/${of}`) ?? 'passed';
        page_tests.set(`web/${of}`, outcome === 'passed' ? before : outcome);
        continue;
      }
      note(plain(`${of}.${attribute(head, 'name').split('/')[0]}`), outcome);
    }
  }
  for (const [file, outcome] of page_tests) note(file, outcome);
  return outcomes;
}

/** A proof that passed in one of the builds has run. */
export function not_run(tables, outcomes) {
  const of = (name) =>
    outcomes.map((one) => one.get(name)).find((outcome) => outcome === 'passed') ??
    outcomes.map((one) => one.get(name)).find(Boolean);
  const all = tables.flatMap(({ file, rows }) =>
    rows.flatMap(({ id, names }) => names.map((name) => ({ file, id, name, outcome: of(name) }))),
  );
  return {
    count: all.length,
    missing: all.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped'),
    skipped: all.filter(({ outcome }) => outcome === 'skipped'),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { count, missing, skipped } = not_run(read_tables(root), process.argv.slice(2).map(outcomes_in));
  for (const { file, id, name } of skipped) console.log(`${file}: ${id}: ${name} was skipped`);
  for (const { file, id, name, outcome } of missing)
    console.error(`${file}: ${id}: ${name} ${outcome === 'failed' ? 'failed' : 'did not run'}`);
  console.log(`proofs: ${count} named, ${missing.length} did not pass, ${skipped.length} skipped`);
  process.exit(missing.length === 0 ? 0 : 1);
}
