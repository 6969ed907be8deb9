// Every language has every text, with the same gaps in it; no text is unused, and none stands in the pages themselves.
//
//   node --test tests/web/translations.mjs

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../../web', import.meta.url));
const texts = Object.fromEntries(
  readdirSync(join(web, 'translations'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, JSON.parse(readFileSync(join(web, 'translations', file), 'utf8'))]),
);
const sources = readdirSync(web, { recursive: true })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => [file, readFileSync(join(web, file), 'utf8')]);
const gaps = (words) => [...words.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

test('every language has every text', () => {
  const { 'en.json': english, ...others } = texts;
  assert.equal(Object.keys(others).length, 2);
  for (const [file, words] of Object.entries(others)) {
    assert.deepEqual(Object.keys(words), Object.keys(english), file);
    for (const [key, said] of Object.entries(words)) {
      assert.notEqual(said.trim(), '', `${file}: ${key}`);
      assert.deepEqual(gaps(said), gaps(english[key]), `${file}: ${key}`);
    }
  }
});

test('every text is used', () => {
  const code = sources.map(([, source]) => source).join('\n');
  // Keys that are put together: t(`role.${…}`).
  const stems = [...code.matchAll(/`([A-Za-z.]+\.)\$\{/g)].map(([, stem]) => stem);
  const unused = Object.keys(texts['en.json']).filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !stems.some((stem) => key.startsWith(stem)) &&
      !code.includes(`'${key.replace(/\.(one|other)$/, '')}'`),
  );
  assert.deepEqual(unused, []);
});

test('no text stands in the pages themselves', () => {
  for (const [file, source] of sources) {
    const said = [...source.matchAll(/(?:[\w"'}]|[^=]\/)>([^<>{}()=;|&]*[A-Za-z]{2}[^<>{}()=;|&]*)<\//g)]
      .map(([, words]) => words.trim())
      .filter((words) => words !== 'Reprise');
    assert.deepEqual(said, [], file);
    const attributes = [...source.matchAll(/(?:label|title|description|placeholder|alt|aria-label)="([^"]*)"/g)].map(
      ([, words]) => words,
    );
    assert.deepEqual(attributes, [], file);
  }
});
