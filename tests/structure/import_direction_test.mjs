// SPDX-License-Identifier: Apache-2.0
// The check must find every kind of violation in a small bad tree, and nothing besides.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check, imports_of, table_of } from './import_direction.mjs';

const tree = new URL('fixtures/bad_web/', import.meta.url).pathname;
const table = table_of(readFileSync(`${tree}folders.md`, 'utf8'));

test('finds each violation, with file, line and rule, and nothing else', () => {
  const sideways = 'patient imports "clinician/chart.ts" sideways: it may import data, fhir, hooks';
  assert.deepEqual(
    check(tree, table).problems.sort(),
    [
      'web/fhir/upward.ts:2: fhir imports "data/api.ts" upward: it may import nothing of ours',
      'web/data/shared.ts:1: imports the test "data/api.test.ts"; share by a module',
      'web/clinician/chart.test.ts:2: clinician imports "patient/page.tsx" sideways: it may import data, fhir, hooks',
      'web/hooks/circle_a.ts:1: imports run in a circle: hooks/circle_a.ts → hooks/circle_b.ts → hooks/circle_a.ts',
      `web/patient/page.tsx:5: ${sideways}`,
      `web/patient/page.tsx:8: ${sideways}`,
      `web/patient/page.tsx:9: ${sideways}`,
      'web/stray/lost.ts:1: stray is not in the table of web folders; add a row to docs/architecture.md',
    ].sort(),
  );
});

test('reads imports however they are written, not those in comments', () => {
  const text = [
    "import './a.css';",
    "export { b } from '../b.ts';",
    "const c = import('./c.ts'); const d = import('./d.ts');",
    "// import './no.ts';",
    " * from './no.ts'",
    "import text from '../e.json?raw';",
    "import { useState } from 'react';",
  ].join('\n');
  assert.deepEqual(
    imports_of(text).map(({ line, path }) => [line, path]),
    [
      [1, './a.css'],
      [2, '../b.ts'],
      [3, './c.ts'],
      [3, './d.ts'],
      [6, '../e.json'],
    ],
  );
});
