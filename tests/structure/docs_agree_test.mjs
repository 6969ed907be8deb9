// SPDX-License-Identifier: Apache-2.0
// What the check of the docs reads out of sources, on small texts.
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { anchors_of, broken_links, check, marker_angles_of, measures_of, tests_of } from './docs_agree.mjs';

test('reads measures from their table only', () => {
  const source = '    {"knee_flexion", "Knee flexion", MeasureUnit::radian, true},\n  name("no_measure", "x");\n';
  assert.deepEqual([...measures_of(source)], ['knee_flexion']);
});

test('reads angles of markers from their table', () => {
  assert.deepEqual(
    [...marker_angles_of('    {"pelvic_tilt", "Pelvic tilt", false},\n    {"x", "y"},\n')],
    ['pelvic_tilt'],
  );
});

test('reads tests however they are declared', () => {
  assert.deepEqual([...tests_of(['TEST(A, B) {\nTEST_F(C,\n       D) {\n// TEST(E, F)\n'])], ['A.B', 'C.D']);
});

test('finds every kind of disagreement', () => {
  const root = mkdtempSync(join(tmpdir(), 'docs_agree'));
  try {
    const write = (path, text) => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    const names = Array.from({ length: 10 }, (_, i) => `m_${'abcdefghij'[i]}`);
    write('engine/kinematics/measure.cpp', names.map((name) => `    {"${name}", "X", MeasureUnit::ratio},\n`).join(''));
    const angles = ['q_a', 'q_b', 'q_c', 'q_d', 'q_e'];
    write('engine/kinematics/marker_angles.cpp', angles.map((name) => `    {"${name}", "X", true},\n`).join(''));
    write(
      'docs/reference/frames-and-units.md',
      [...names.slice(1), ...angles.slice(1), 'm_z'].map((name) => `| \`${name}\` | – |\n`).join(''),
    );
    write('packaging/debian-packages.txt', '# a comment\nrun  g++  compiler\nrun  cmake  build\n');
    write('package.json', '{"dependencies": {"pinned": "2.0.0"}}');
    write(
      'docs/reference/dependencies.md',
      '| `g++` | 12 | GPL | why |\n| `pinned` | 1.0.0 | MIT | why |\n[gone](gone.md) [web](https://x.org) [here](#top)\n',
    );
    write('tests/compile_fail/mixed.cpp', '');
    write(
      'docs/hazards.md',
      '| H1 | a | b `X.Y` | `A.B`, `C.D`, `compile_fail.mixed`, `tests/gone.mjs`, `make test` |\n' +
        '| H2 | a | b | review |\n| H3 | a | b | No test: it would need two clinics |\n',
    );
    write('base/a_test.cpp', 'TEST(A, B) {}\n');
    assert.deepEqual(check(root).sort(), [
      'docs/hazards.md: H1: there is no test C.D',
      'docs/hazards.md: H1: there is no test tests/gone.mjs',
      'docs/hazards.md: H2 names no test, and does not say why there is none ("No test: …")',
      'docs/reference/dependencies.md: does not say why and under which license cmake is used',
      'docs/reference/dependencies.md: links to #top, which is not there',
      'docs/reference/dependencies.md: links to gone.md, which is not there',
      'docs/reference/dependencies.md: pinned is pinned to 2.0.0 in package.json',
      'docs/reference/frames-and-units.md: has no row for the angle of markers q_a',
      'docs/reference/frames-and-units.md: has no row for the measure m_a',
      'docs/reference/frames-and-units.md: m_z is no measure of engine/kinematics/measure.cpp ' +
        'and no angle of marker_angles.cpp',
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('links are resolved from the file that holds them', () => {
  const root = new URL('../..', import.meta.url).pathname;
  assert.deepEqual(broken_links(root, 'docs/architecture.md', '[a](style.md) [b](docs/style.md)'), ['docs/style.md']);
});

test('anchors are headings as hosting sites spell them, and explicit ids', () => {
  const text =
    '# Access control\n```sh\n# a comment\n```\n<a id="old"></a>\n## What `analyze` writes: [all](operations/access.md), 2D\n';
  assert.deepEqual([...anchors_of(text)], ['access-control', 'what-analyze-writes-all-2d', 'old']);
  const root = new URL('../..', import.meta.url).pathname;
  const links = '[a](operations/access.md#by-http) [b](operations/access.md#gone) [c](#old) [d](#gone)';
  assert.deepEqual(broken_links(root, 'docs/x.md', `${text}${links}`), ['operations/access.md#gone', '#gone']);
});
