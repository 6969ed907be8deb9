// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, it } from 'vitest';
import file from '../../../catalog/self_assessment/self_assessment.json?raw';
import arabic from '../../../translations/ar/content.json';
import { keepContent } from '../../translations/content.ts';
import { definitionIn } from './definition.ts';

/** All texts of a definition, by language. */
function textsOf(definition: string) {
  const found: { en: string; de: string; es: string }[] = [];
  JSON.parse(definition, (_, value) => {
    if (typeof value?.en === 'string') found.push(value);
    return value;
  });
  return found;
}

describe('the definition for the engine', () => {
  beforeAll(() => keepContent('ar', arabic));

  it('is the file in the languages that it has', () => {
    for (const language of ['en', 'de', 'es'] as const) expect(definitionIn(language)).toBe(file);
  });

  it('has a further language in place of the English, and nothing else is different', () => {
    const english = textsOf(file);
    const translated = textsOf(definitionIn('ar'));
    expect(translated).toHaveLength(english.length);
    for (const [i, { en, ...others }] of translated.entries()) {
      const { en: said, ...same } = english[i] ?? {};
      expect(others).toStrictEqual(same);
      // Numbers alone need no words.
      if (/\p{Letter}/u.test((said ?? '').replace(/\{\w+\}/g, ''))) expect(en, said).toMatch(/\p{Script=Arabic}/u);
      else expect(en).toBe(said);
    }
    const bones = (text: string) => JSON.parse(text, (key, value) => (key === 'en' ? '' : value));
    expect(bones(definitionIn('ar'))).toStrictEqual(bones(file));
  });
});
