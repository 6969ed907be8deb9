// SPDX-License-Identifier: Apache-2.0
// The proofs that the docs name are found in the reports of a run, and what did not run is said.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { not_run, outcomes_in, proofs_in } from './proofs.mjs';

test('the last column of a row names the proofs', () => {
  const rows = proofs_in(
    '| H1 | `No.Proof` | b | `A.B`, `tests/web/a.spec.ts`; `server.disk.sqlite` and `make test` |\n' +
      '| H2 | a | b | No test: why |\n| other | a | b | `C.D` |\n',
    /^\| (H\d+) \|/,
  );
  assert.deepEqual(rows, [
    { id: 'H1', names: ['A.B', 'tests/web/a.spec.ts', 'server.disk.sqlite'], explained: false },
    { id: 'H2', names: [], explained: true },
  ]);
});

test('what passed, failed, was skipped or never ran is told apart', () => {
  const build = mkdtempSync(join(tmpdir(), 'proofs'));
  try {
    mkdirSync(join(build, 'unit_tests'));
    writeFileSync(
      join(build, 'CTestTestfile.cmake'),
      'add_test(web.a node /x/tests/web/a.spec.ts)\nadd_test(video.named node --gtest_filter=All/Containers.Keep/4)\n',
    );
    writeFileSync(
      join(build, 'ctest.xml'),
      `<testsuite>
      <testcase name="web.a" status="run"><system-out>x</system-out></testcase>
      <testcase name="video.named" status="notrun"/><testcase name="access.May.DependsOnTheRole" status="run"/>
      <testcase name="pose.Programme/Refused.IsAProblem/0" status="fail"/></testsuite>`,
    );
    writeFileSync(
      join(build, 'unit_tests/server.xml'),
      `<testsuites><testsuite><testcase name="Passes" status="run" result="completed" classname="Desk" />
      <testcase name="Fails/1" status="run" result="completed" classname="All/Desk"><failure message=""/></testcase>
      </testsuite></testsuites>`,
    );
    writeFileSync(
      join(build, 'unit_tests/web.xml'),
      `<testsuites><testsuite><testcase classname="fhir/a.test.ts" name="a"></testcase>
      <testcase classname="fhir/b.test.ts" name="b"><failure message=""/></testcase>
      <testcase classname="fhir/b.test.ts" name="c"></testcase></testsuite></testsuites>`,
    );
    const outcomes = outcomes_in(build);
    const names = [
      'tests/web/a.spec.ts',
      'Containers.Keep',
      'May.DependsOnTheRole',
      'Refused.IsAProblem',
      'Desk.Passes',
      'Desk.Fails',
      'web/fhir/a.test.ts',
      'web/fhir/b.test.ts',
      'Never.Ran',
    ];
    assert.deepEqual(
      names.map((name) => outcomes.get(name)),
      ['passed', 'skipped', 'passed', 'failed', 'passed', 'failed', 'passed', 'failed', undefined],
    );
    const { count, missing, skipped } = not_run([{ file: 'f', rows: [{ id: 'H1', names }] }], [outcomes]);
    assert.deepEqual(
      [count, missing.map(({ name }) => name), skipped.map(({ name }) => name)],
      [9, ['Refused.IsAProblem', 'Desk.Fails', 'web/fhir/b.test.ts', 'Never.Ran'], ['Containers.Keep']],
    );
  } finally {
    rmSync(build, { recursive: true });
  }
});
