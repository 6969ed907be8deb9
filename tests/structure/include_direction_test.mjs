// SPDX-License-Identifier: Apache-2.0
// The check must find every kind of violation in a small bad tree, and nothing besides.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check, includes_of, parse_table, reachable } from './include_direction.mjs';

const tree = new URL('fixtures/bad_tree/', import.meta.url).pathname;
const table = parse_table(readFileSync(`${tree}modules.md`, 'utf8'));

test('finds each violation, with file, line and rule, and nothing else', () => {
  const { problems } = check(tree, table);
  assert.deepEqual(
    problems.sort(),
    [
      'base/upward.h:1: base includes "engine/pose/landmarks.h" upward: it may include nothing of ours',
      'engine/kinematics/circle_a.h:1: includes run in a circle: ' +
        'engine/kinematics/circle_a.h → engine/kinematics/circle_b.h → engine/kinematics/circle_a.h',
      'engine/kinematics/sideways.h:3: engine/kinematics includes "engine/synthesis/body.h" sideways: ' +
        'it may include base, engine/pose',
      'engine/pose/dice.cpp:1: randomness without a seed: the same input must give the same result',
      'engine/pose/dice.cpp:2: a clock: time comes in with the samples',
      'engine/pose/reads_files.cpp:1: <fstream>: engine/pose has no files in it (it runs in the browser too)',
      'engine/pose/reads_files.cpp:2: "landmarks.h" is no file of ours; ' +
        'write own headers from the root, others with <>',
      'engine/pose/writes_json.cpp:1: <nlohmann/json.hpp>: engine/pose has no JSON in it ' +
        '(samples in, measurements out)',
      'sensing/foreign.h:2: namespace reprise::engine: files of sensing open reprise::sensing',
      'sensing/reads_files.cpp:2: sensing includes "tests/helper.h": nothing may include tests',
      'sensing/reads_files.cpp:1: includes run in a circle: ' +
        'sensing/reads_files.cpp → tests/helper.h → sensing/reads_files.cpp',
      'stray/lost.h:1: stray/ is not in the table of modules; add a row to docs/architecture.md',
    ].sort(),
  );
});

test('a module reaches what its own modules reach', () => {
  assert.deepEqual([...reachable(table, 'sensing')].sort(), ['base', 'engine/kinematics', 'engine/pose']);
});

test('refuses a table that runs in a circle or names a folder without a row', () => {
  assert.throws(
    () =>
      reachable(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
        ]),
        'a',
      ),
    /circle: a → b → a/,
  );
  assert.throws(() => reachable(new Map([['a', ['b']]]), 'a'), /b, which has no row/);
});

test('reads includes however they are spaced, not those in comments', () => {
  const found = includes_of('# include  "a/b.h"\n  #include<vector>\n// #include "no.h"\n');
  assert.deepEqual(
    found.map((one) => one.own ?? one.system),
    ['a/b.h', 'vector'],
  );
});
