// SPDX-License-Identifier: Apache-2.0
// The check of words and line lengths, on small texts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { long_lines, occurrences, problems_in } from './words.mjs';

const asker = { pattern: '[Aa]sker', in: '\\.(cpp|h)$', write: 'principal' };
const long = 'word '.repeat(30);

test('finds a word in the text and in the path, and only where the entry holds', () => {
  const text = 'one\nasker_of(Asker x);\n';
  assert.deepEqual(occurrences(asker, { path: 'record/asker.h', text }), [0, 2, 2]);
  assert.deepEqual(occurrences(asker, { path: 'docs/asker.md', text }), []);
});

test('says where a word stands, and what to write instead', () => {
  assert.deepEqual(problems_in([asker], { path: 'a.cpp', text: '\nasker' }), [
    'a.cpp:2: /[Aa]sker/: write instead: principal',
  ]);
  assert.deepEqual(problems_in([asker], { path: 'a.cpp', text: 'principal' }), []);
});

test('finds long lines in each kind of file', () => {
  for (const path of ['a.cpp', 'web/a.tsx', 'cmake/a.cmake', 'Makefile', 'a.md'])
    assert.deepEqual(problems_in([], { path, text: `${long}\n` }), [`${path}:1: is longer than 120 columns`]);
});

test('does not count tables, JSON, addresses, or one long word', () => {
  const address = `[see](https://example.org/${'x'.repeat(120)}) there`;
  const text = [`| a ${long}|`, '```json', `{"a": "${long}"}`, '```', address, 'x'.repeat(200), 'a'.repeat(60)].join(
    '\n',
  );
  assert.deepEqual(long_lines({ path: 'docs/a.md', text }), []);
  assert.deepEqual(long_lines({ path: 'docs/a.md', text: `${text}\n${long}\n\`\`\`sh\n${long}` }), [8, 10]);
  assert.deepEqual(long_lines({ path: 'a.cpp', text: `| ${long}` }), [1]);
});

test('does not search texts for people, nor the files that must name the words', () => {
  const entry = { pattern: 'nobody', write: 'no one' };
  for (const path of ['catalog/a.md', 'web/translations/a.ts', 'docs/style.md', 'tests/structure/words_test.mjs'])
    assert.deepEqual(problems_in([entry], { path, text: 'nobody' }), []);
});

test('every entry of words.json is a pattern, and says what to write', () => {
  for (const { pattern, in: where, write } of JSON.parse(
    readFileSync(new URL('words.json', import.meta.url), 'utf8'),
  )) {
    assert.ok(new RegExp(pattern, 'gm') && new RegExp(where ?? '') && write, pattern);
    assert.ok(!new RegExp(pattern).test(''), `${pattern} matches the empty text`);
  }
});
