// SPDX-License-Identifier: Apache-2.0
// How hard patients' texts are to read: those of the catalog, and those of their pages that have two sentences or 15
// words. The limit is a reading age of 12. Syllables are counted by rules of thumb. reading_age.json holds how many
// texts are above the limit. The numbers may fall, never rise.
//
//   node tests/structure/reading_age.mjs            lists the hardest ten; fails if a number has risen
//   node tests/structure/reading_age.mjs --lower    stores numbers that have fallen

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STORE = 'tests/structure/reading_age.json';
/** Of translations/LANGUAGE. */
const PAGES = (
  'after balance clinic_film common endurance function_scores load_walk new_phone own_device phone ' +
  'passkeys progress push questions reminders self session signing_in spoken today visit'
).split(' ');
const VOWELS = { en: /[aeiouy]+/g, de: /aa|ee|oo|ie|ei|ai|au|eu|äu|[aeiouyäöü]/g };

/** Returns a word's syllables, at least 1. */
export function syllables(word, language) {
  const small = word.toLowerCase();
  if (language === 'es') {
    // Two strong vowels, or an accented weak one, are apart; a weak one joins its neighbor.
    const plain = small.replace(/qu|gu(?=[eiéí])/g, 'q');
    return Math.max(1, (plain.match(/[iuü]?[aeoáéó][iuyü]?(?![aeoáéó])|[iuü]?[aeoáéó]|[íú]|[iuüy]+/g) ?? []).length);
  }
  const mute =
    language === 'en' ? small.replace(/(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^td])(?<![aeiouy])ed$/, '') : small;
  return Math.max(1, (mute.match(VOWELS[language]) ?? []).length);
}

const wordsOf = (text) => text.match(/[\p{L}\p{N}’'-]*[\p{L}\p{N}]/gu) ?? [];
export const sentencesOf = (text) =>
  text.split(/\n+|(?<=[.!?…:])[”“»"]?\s+/).filter((part) => wordsOf(part).length > 0);

/** Returns how much a text is above the limit; 0 and less: it is within. Sources: RA1 to RA3 of docs/sources.md. */
export function above(text, language) {
  const words = wordsOf(text);
  const length = words.length / sentencesOf(text).length;
  const counts = words.map((word) => syllables(word, language));
  const mean = counts.reduce((sum, one) => sum + one, 0) / words.length;
  const percent = (holds) => (100 * words.filter((word, i) => holds(word, counts[i])).length) / words.length;
  // School year 7 begins at the age of 12.
  if (language === 'en') return 0.39 * length + 11.8 * mean - 15.59 - 7;
  if (language === 'de') {
    const long = percent((_, count) => count >= 3);
    const letters = percent((word) => word.length > 6);
    const short = percent((_, count) => count === 1);
    return 0.1935 * long + 0.1672 * length + 0.1297 * letters - 0.0327 * short - 0.875 - 7;
  }
  // "Fairly easy" begins at 65; the press for adults has 60.
  return 65 - (206.835 - 62.3 * mean - length);
}

/** A message of ICU as it may be shown: the branch "other" of a plural, a number for each gap. */
const shown = (message) =>
  message.replace(/\{\w+, plural,.*?other \{((?:[^{}]|\{\w+\})*)\}\}/g, '$1').replace(/\{\w+\}/g, '5');

function textsOf(root, language) {
  const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const pages = PAGES.flatMap((page) => Object.entries(json(`translations/${language}/${page}.json`)))
    .map(([name, message]) => ({ kind: 'pages', name, text: shown(message) }))
    .filter(({ text }) => sentencesOf(text).length > 1 || wordsOf(text).length >= 15);
  const catalog = readdirSync(join(root, 'catalog/education')).map((name) => {
    const { title, lead, body } = json(`catalog/education/${name}`).text[language];
    return { kind: 'catalog', name, text: [title, lead, ...body].join('\n') };
  });
  return [...pages, ...catalog].map((one) => ({ ...one, language, above: above(one.text, language) }));
}

function main([option]) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const allowed = JSON.parse(readFileSync(join(root, STORE), 'utf8'));
  const found = structuredClone(allowed);
  for (const language of ['en', 'de', 'es']) {
    const texts = textsOf(root, language);
    const hard = texts.filter((one) => one.above > 0).sort((a, b) => b.above - a.above);
    for (const { name, above: by, text } of hard.slice(0, 10))
      console.log(`${language} ${name}, ${by.toFixed(1)} above: ${text.slice(0, 80).replaceAll('\n', ' ')}`);
    for (const kind of ['catalog', 'pages']) {
      const all = texts.filter((one) => one.kind === kind).length;
      found[language][kind] = hard.filter((one) => one.kind === kind).length;
      console.log(`${language}, ${kind}: ${found[language][kind]} of ${all} above, ${allowed[language][kind]} allowed`);
      if (found[language][kind] <= allowed[language][kind]) continue;
      console.error('More texts are hard to read than before: use shorter sentences and words.');
      process.exitCode = 1;
    }
  }
  if (option === '--lower' && !process.exitCode) writeFileSync(join(root, STORE), `${JSON.stringify(found)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
