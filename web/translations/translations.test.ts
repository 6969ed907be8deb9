// Every language has every text, with the same gaps in it; no text is unused, and none stands in the pages themselves.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const web = fileURLToPath(new URL('..', import.meta.url));
const texts: Record<string, Record<string, string>> = Object.fromEntries(
  readdirSync(join(web, 'translations'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, JSON.parse(readFileSync(join(web, 'translations', file), 'utf8'))]),
);
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => [file, readFileSync(join(web, file), 'utf8')]);
const gaps = (words) => [...words.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

describe('translations', () => {
  it('every language has every text', () => {
    const { 'en.json': english, ...others } = texts;
    expect(Object.keys(others).length).toBe(2);
    for (const [file, words] of Object.entries(others)) {
      expect(Object.keys(words), file).toStrictEqual(Object.keys(english));
      for (const [key, said] of Object.entries(words)) {
        expect(said.trim(), `${file}: ${key}`).not.toBe('');
        expect(gaps(said), `${file}: ${key}`).toStrictEqual(gaps(english[key]));
      }
    }
  });

  it('every text is used', () => {
    const code = sources.map(([, source]) => source).join('\n');
    // Keys that are put together: t(`role.${…}`).
    const stems = [...code.matchAll(/`([A-Za-z.]+\.)\$\{/g)].map(([, stem]) => stem);
    const unused = Object.keys(texts['en.json']).filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !stems.some((stem) => key.startsWith(stem)) &&
        !code.includes(`'${key.replace(/\.(one|other)$/, '')}'`),
    );
    expect(unused).toStrictEqual([]);
  });

  it('no text stands in the pages themselves', () => {
    for (const [file, source] of sources) {
      const said = [...source.matchAll(/(?:[\w"'}]|[^=]\/)>([^<>{}()=;|&]*[A-Za-z]{2}[^<>{}()=;|&]*)<\//g)]
        .map(([, words]) => words.trim())
        .filter((words) => words !== 'Reprise');
      expect(said, file).toStrictEqual([]);
      const attributes = [...source.matchAll(/(?:label|title|description|placeholder|alt|aria-label)="([^"]*)"/g)].map(
        ([, words]) => words,
      );
      expect(attributes, file).toStrictEqual([]);
    }
  });
});
