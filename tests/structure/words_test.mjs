// The check of words and line lengths, on small texts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compare, count, laid_out, long_lines, lowered, occurrences } from './words.mjs';

const stored = (words, lines = {}) => ({ long_lines: { 'c++': 0, web: 0, scripts: 0, prose: 0, ...lines }, words });
const asker = (n) => ({ pattern: '[Aa]sker', in: '\\.(cpp|h)$', write: 'principal', count: n });
const long = 'word '.repeat(30);

test('finds a word in the text and in the path, and only where the entry holds', () => {
  const text = 'one\nasker_of(Asker x);\n';
  assert.deepEqual(occurrences(asker(0), { path: 'record/asker.h', text }), [0, 2, 2]);
  assert.deepEqual(occurrences(asker(0), { path: 'docs/asker.md', text }), []);
});

test('fails on one occurrence more, and says what to write instead', () => {
  const before = stored([asker(1)]);
  const now = count(before, [{ path: 'a.cpp', text: 'asker asker' }]);
  assert.deepEqual(compare(before, now), {
    risen: ['/[Aa]sker/ occurs more often; write instead: principal (1 before, 2 now)'],
    fallen: 0,
  });
});

test('passes on as many, and counts the numbers that fell', () => {
  const files = [{ path: 'a.cpp', text: 'asker' }];
  assert.deepEqual(compare(stored([asker(1)]), count(stored([asker(1)]), files)), { risen: [], fallen: 0 });
  assert.deepEqual(compare(stored([asker(2)]), count(stored([asker(2)]), files)), { risen: [], fallen: 1 });
});

test('fails on one long line more, in each kind of file', () => {
  const paths = {
    'a.cpp': 'c++',
    'web/a.tsx': 'web',
    'cmake/a.cmake': 'scripts',
    Makefile: 'scripts',
    'a.md': 'prose',
  };
  for (const [path, kind] of Object.entries(paths)) {
    const { risen } = compare(stored([]), count(stored([]), [{ path, text: `${long}\n` }]));
    assert.deepEqual(risen, [`${kind}: more lines over 120 columns (0 before, 1 now)`]);
  }
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
  const files = ['catalog/a.md', 'web/translations/a.ts', 'docs/style.md', 'tests/structure/words_test.mjs'].map(
    (path) => ({ path, text: 'nobody' }),
  );
  assert.equal(count(stored([{ pattern: 'nobody', write: 'no one', count: 0 }]), files).words[0].count, 0);
});

test('lowers numbers and never raises them', () => {
  const before = stored([asker(3), { pattern: 'x', write: 'y', count: 0 }], { prose: 4 });
  const now = stored([asker(1), { pattern: 'x', write: 'y', count: 2 }], { prose: 2, web: 1 });
  const result = lowered(before, now);
  assert.deepEqual(
    result.words.map((entry) => entry.count),
    [1, 0],
  );
  assert.deepEqual(result.long_lines, { 'c++': 0, web: 0, scripts: 0, prose: 2 });
  assert.deepEqual(JSON.parse(laid_out(result)), result);
});

test('words.json is laid out as written by --lower, and every entry says what to write', () => {
  const text = readFileSync(new URL('words.json', import.meta.url), 'utf8');
  const list = JSON.parse(text);
  assert.equal(laid_out(list), text);
  for (const { pattern, in: where, write, count: left } of list.words) {
    assert.ok(new RegExp(pattern, 'gm') && new RegExp(where ?? '') && write, pattern);
    assert.ok(Number.isInteger(left) && left >= 0, pattern);
    assert.ok(!new RegExp(pattern).test(''), `${pattern} matches the empty text`);
  }
});
