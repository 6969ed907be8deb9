// SPDX-License-Identifier: Apache-2.0
// Every language has every text, with the same gaps in it; no text is unused, and none stands in the pages themselves.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLiteralElement, isPluralElement, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import type { Key } from './language.tsx';
import MISSING from './missing.json';

const web = fileURLToPath(new URL('..', import.meta.url));
const texts = fileURLToPath(new URL('../../translations', import.meta.url));
/** By "LANGUAGE/FEATURE.json". */
const files: Record<string, Record<string, string>> = Object.fromEntries(
  readdirSync(texts, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, JSON.parse(readFileSync(join(texts, file), 'utf8'))]),
);
// The program's; the report is written in English.
const NOT_OF_PAGES = ['mail.json', 'report.json', 'content.json'];
const featuresOf = (language: string) =>
  Object.keys(files)
    .filter((file) => file.startsWith(`${language}/`))
    .map((file) => file.slice(language.length + 1))
    .filter((file) => !NOT_OF_PAGES.includes(file))
    .sort();
/** Features of the pages that patients do not see. */
const OF_STAFF = [
  'administration',
  'calendar',
  'camera_test',
  'chart',
  'devices',
  'emergency_access',
  'inbox',
  'notes',
  'orders',
  'own_film',
  'patients',
  'posture',
  'programme',
  'remote_monitoring',
  'rom',
  'watch',
  'work_load',
  'worklist',
].map((feature) => `${feature}.json`);
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => [file, readFileSync(join(web, file), 'utf8')]);
interface Words {
  en: string;
}
interface Exercise {
  text: { en: { name: string; goal: string; set_up: string; steps: string[]; stop?: string } };
  equipment?: { use: Words }[];
  form?: { name: Words; cue: Words }[];
  phases?: { text: Words }[];
}
interface Education {
  text: { en: { title: string; lead: string; body: string[] } };
}
const inCatalog = <T>(folder: string): T[] => {
  const path = fileURLToPath(new URL(`../../catalog/${folder}`, import.meta.url));
  return readdirSync(path).map((file) => JSON.parse(readFileSync(join(path, file), 'utf8')) as T);
};
/** What a patient reads of the catalog's exercises and texts to read, in English. */
const wordsOfCatalog = (): Set<string> =>
  new Set([
    ...inCatalog<Exercise>('exercises').flatMap(({ text: { en }, equipment = [], form = [], phases = [] }) => [
      ...[en.name, en.goal, en.set_up, ...en.steps, ...(en.stop === undefined ? [] : [en.stop])],
      ...equipment.map(({ use }) => use.en),
      ...form.flatMap(({ name, cue }) => [name.en, cue.en]),
      ...phases.map(({ text }) => text.en),
    ]),
    ...inCatalog<Education>('education').flatMap(({ text: { en } }) => [en.title, en.lead, ...en.body]),
  ]);
/** The names of a message's arguments, plurals included. */
function gaps(words: string, language: string): string[] {
  const names = (elements: MessageFormatElement[]): string[] =>
    elements.flatMap((one) => [
      ...('value' in one && !isLiteralElement(one) ? [String(one.value)] : []),
      ...(isPluralElement(one) ? Object.values(one.options).flatMap(({ value }) => names(value)) : []),
    ]);
  return [...new Set(names(new IntlMessageFormat(words, language, undefined, { ignoreTag: true }).getAst()))].sort();
}

describe('translations', () => {
  it('every language has every text', () => {
    const features = featuresOf('en');
    expect(features.length).toBeGreaterThan(1);
    for (const language of ['de', 'es']) {
      expect(featuresOf(language), language).toStrictEqual(features);
      for (const feature of [...features, 'mail.json']) {
        const english = files[`en/${feature}`];
        const words = files[`${language}/${feature}`];
        expect(Object.keys(words), `${language}/${feature}`).toStrictEqual(Object.keys(english));
        for (const [key, said] of Object.entries(words)) {
          expect(said.trim(), `${language}/${feature}: ${key}`).not.toBe('');
          expect(gaps(said, language), `${language}/${feature}: ${key}`).toStrictEqual(gaps(english[key], 'en'));
        }
      }
    }
  });

  it('a further language has the same gaps, and lacks no more texts than before', async () => {
    const missing: Record<string, number> = {};
    for (const feature of featuresOf('en')) {
      const words = files[`ar/${feature}`] ?? {};
      const english = files[`en/${feature}`];
      for (const [key, said] of Object.entries(words)) {
        expect(said.trim(), `ar/${feature}: ${key}`).not.toBe('');
        expect(Object.keys(english), `ar/${feature}`).toContain(key);
        expect(gaps(said, 'ar'), `ar/${feature}: ${key}`).toStrictEqual(gaps(english[key], 'en'));
      }
      const lacks = Object.keys(english).filter((key) => !(key in words)).length;
      if (lacks > 0 && !OF_STAFF.includes(feature)) missing[feature] = lacks;
    }
    const untranslated = [...wordsOfCatalog()].filter((words) => !(words in files['ar/content.json'])).length;
    if (untranslated > 0) missing['content.json'] = untranslated;
    // A translation takes its line out of missing.json, or lowers its number.
    expect(missing).toStrictEqual(MISSING.ar);
    const { default: arabic } = await import('./ar.ts');
    for (const feature of featuresOf('ar'))
      for (const [key, said] of Object.entries(files[`ar/${feature}`])) expect(arabic[key as Key]).toBe(said);
  });

  it('the mails of a further language are whole', () => {
    const english = files['en/mail.json'];
    expect(Object.keys(files['ar/mail.json'])).toStrictEqual(Object.keys(english));
    for (const [key, said] of Object.entries(files['ar/mail.json'])) {
      expect(gaps(said, 'ar'), key).toStrictEqual(gaps(english[key], 'en'));
      // The program knows the plurals of English, German and Spanish only (translations/texts.cpp).
      expect(said, key).not.toContain('plural');
    }
  });

  it('a further language translates words that the catalog has', () => {
    const catalog = fileURLToPath(new URL('../../catalog', import.meta.url));
    const words = new Set<string>();
    JSON.parse(
      `[${readdirSync(catalog, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .map((file) => readFileSync(join(catalog, file), 'utf8'))
        .join()}]`,
      (_, value) => {
        if (typeof value === 'string') words.add(value);
        return value;
      },
    );
    const content = files['ar/content.json'];
    expect(Object.keys(content).filter((english) => !words.has(english))).toStrictEqual([]);
    const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [english, said] of Object.entries(content)) {
      expect(said, english).toMatch(/\p{Script=Arabic}/u);
      expect(blanks(said), english).toStrictEqual(blanks(english));
    }
  });

  it('a further language has the name of every exercise, and when to stop', () => {
    const catalog = fileURLToPath(new URL('../../catalog/exercises', import.meta.url));
    const content = files['ar/content.json'];
    for (const file of readdirSync(catalog)) {
      const { name, stop } = JSON.parse(readFileSync(join(catalog, file), 'utf8')).text.en;
      expect(content, file).toHaveProperty([name]);
      if (stop !== undefined) expect(content, file).toHaveProperty([stop]);
    }
  });

  it('a further language has every question about warning signs', () => {
    const read = (path: string) =>
      JSON.parse(readFileSync(fileURLToPath(new URL(`../../catalog/${path}`, import.meta.url)), 'utf8'));
    const signs = read('questionnaires/red_flags.json').item.map(({ text }: { text: string }) => text);
    const own = read('self_assessment/self_assessment.json');
    const flags = [own, ...own.regions].flatMap(({ red_flags = [], flags = [] }) => [...red_flags, ...flags]);
    const all = [...signs, ...flags.flatMap(({ text }: { text?: { en: string } }) => text?.en ?? [])];
    expect(all.length).toBeGreaterThan(signs.length + 10);
    for (const english of all) expect(files['ar/content.json'], english).toHaveProperty([english]);
  });

  it('numbers in a further language choose among all its plurals', () => {
    const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'];
    for (const feature of featuresOf('ar'))
      for (const [key, said] of Object.entries(files[`ar/${feature}`])) {
        const elements = new IntlMessageFormat(said, 'ar', undefined, { ignoreTag: true }).getAst();
        for (const one of elements.filter(isPluralElement))
          expect(Object.keys(one.options).sort(), `ar/${feature}: ${key}`).toStrictEqual([...PLURALS].sort());
      }
  });

  it('every file is loaded with its language, and no text is in two of them', async () => {
    for (const [language, loaded] of [
      ['en', await import('./en.ts')],
      ['de', await import('./de.ts')],
      ['es', await import('./es.ts')],
    ] as const) {
      const keys = featuresOf(language).flatMap((feature) => Object.keys(files[`${language}/${feature}`]));
      expect(Object.keys(loaded.default).sort(), language).toStrictEqual(keys.sort());
    }
  });

  it('every text is used', () => {
    const code = sources.map(([, source]) => source).join('\n');
    const quoted = new Set([...code.matchAll(/'([\w.-]+)(?=')/g)].map(([, key]) => key));
    // Keys that are put together: t(`role.${…}`).
    const stems = [...code.matchAll(/`([A-Za-z.]+\.)\$\{/g)].map(([, stem]) => stem);
    const unused = featuresOf('en')
      .flatMap((feature) => Object.keys(files[`en/${feature}`]))
      .filter((key) => !quoted.has(key) && !stems.some((stem) => key.startsWith(stem)));
    expect(unused).toStrictEqual([]);
  });

  it('no text stands in the pages themselves', () => {
    // The captions of the components are for those who build the pages: docs/design.md.
    for (const [file, source] of sources.filter(([name]) => !name.startsWith('gallery/'))) {
      const said = [...source.matchAll(/(?:[\w"'}]|[^=]\/)>([^<>{}()=;|&]*[A-Za-z]{2}[^<>{}()=;|&]*)<\//g)]
        .map(([, words]) => words.trim())
        .filter((words) => words !== 'Reprise');
      expect(said, file).toStrictEqual([]);
      // A picture that says nothing more than the words beside it has an empty text.
      const attributes = [...source.matchAll(/(?:label|title|description|placeholder|alt|aria-label)="([^"]+)"/g)].map(
        ([, words]) => words,
      );
      expect(attributes, file).toStrictEqual([]);
    }
  });
});
