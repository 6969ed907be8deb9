// SPDX-License-Identifier: Apache-2.0
// The check of reading age, by texts counted by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { above, sentencesOf, syllables } from './reading_age.mjs';

const near = (value, wanted) => assert.ok(Math.abs(value - wanted) < 1e-6, `${value} is not ${wanted}`);

test('counts syllables as people speak them', () => {
  const counted = {
    en: { time: 1, table: 2, walked: 1, rested: 2, exercise: 3, pain: 1 },
    de: { Schmerz: 1, Übung: 2, heute: 2, Bewegung: 3, Knie: 1 },
    es: { dolor: 2, siete: 2, bien: 1, día: 2, caer: 2, quiere: 2, clínica: 3 },
  };
  for (const [language, words] of Object.entries(counted))
    for (const [word, count] of Object.entries(words)) assert.equal(syllables(word, language), count, word);
});

test('follows the formulas', () => {
  near(above('The cat sat on the mat.', 'en'), 0.39 * 6 + 11.8 - 15.59 - 7);
  near(above('Das Haus ist groß.', 'de'), 0.1672 * 4 - 0.0327 * 100 - 0.875 - 7);
  near(above('El gato come pan.', 'es'), 65 - (206.835 - (62.3 * 6) / 4 - 4));
});

test('finds a hard text, and a heading or a point is a sentence', () => {
  assert.ok(above('Rehabilitation necessitates individualized progression of therapeutic activities.', 'en') > 0);
  assert.equal(sentencesOf('Title\n- one point\n- another\nA sentence. Two.').length, 5);
});
