// SPDX-License-Identifier: Apache-2.0
// The check of the ASVS file finds its errors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counts_of, problems_in, read_csv } from './asvs.mjs';

test('reads quoted fields with commas, quotes and line ends', () => {
  assert.deepEqual(read_csv('\uFEFFa,b\r\n"1, ""x""\ny",2\n3,\n'), [
    { a: '1, "x"\ny', b: '2' },
    { a: '3', b: '' },
  ]);
});

test('finds each kind of mistake', () => {
  const row = (requirement, status, proof, more = {}) => ({
    requirement,
    level: '1',
    status,
    how: 'so',
    proof,
    ...more,
  });
  const known = {
    tests: new Set(['A.B']),
    has_file: (file) => file === 'docs/a.md',
    standard: new Map([
      ['V1', '1'],
      ['V2', '2'],
      ['V9', '1'],
    ]),
  };
  const rows = [
    row('V1', 'met', 'A.B docs/a.md'),
    row('V1', 'met', ''),
    row('V2', 'maybe', 'C.D docs/b.md'),
    row('V3', 'n/a', '', { how: ' ', level: '3' }),
  ];
  assert.deepEqual(
    problems_in(rows, known).map((problem) => problem.replace('docs/operations/asvs-5.0.csv: ', '')),
    [
      'V1: stands twice',
      'V1: is met, and names no proof',
      'V2: its status is "maybe"',
      'V2: there is no C.D',
      'V2: there is no docs/b.md',
      'V3: its level is neither 1 nor 2',
      'V3: does not say how or why',
      'V2 has level 2 in the standard',
      'V9 is missing',
      'V3 is no requirement of levels 1 and 2',
    ],
  );
  assert.deepEqual(counts_of([row('V1', 'met', ''), row('V2', 'not met', ''), row('V3', 'n/a', '')]), {
    met: 1,
    unmet: 1,
    none: 1,
    applies: 2,
    percent: 50,
  });
});
