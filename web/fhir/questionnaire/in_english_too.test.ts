// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, it } from 'vitest';
import redFlags from '../../../catalog/questionnaires/red_flags.json';
import arabic from '../../../translations/ar/content.json';
import { keepContent } from '../../translations/content.ts';
import { inEnglishToo } from './in_english_too.ts';
import { said } from './model.ts';

const [first] = redFlags.item;
const items = redFlags.item as never;

describe('questions in two languages', () => {
  beforeAll(() => keepContent('ar', arabic));

  it('have the translation first and the English words below it', () => {
    const both = inEnglishToo(items, 'ar');
    expect(both).toHaveLength(redFlags.item.length);
    expect(both[0]?.linkId).toBe(first?.linkId);
    expect(both[0]?.text).toBe(`${arabic[first?.text as keyof typeof arabic]}\n\u2066${first?.text}\u2069`);
    expect(said(both[0]?.text, both[0]?._text, 'ar')).toBe(both[0]?.text);
  });

  it('do not say the same twice', () => {
    const [own] = inEnglishToo([{ linkId: 'own', type: 'boolean', text: 'A question of the clinic' }], 'ar');
    expect(own?.text).toBe('A question of the clinic');
  });
});

describe('every question about safety', () => {
  it('has an Arabic translation', () => {
    keepContent('ar', arabic);
    for (const { text, _text } of redFlags.item) expect(said(text, _text as never, 'ar')).toMatch(/\p{Script=Arabic}/u);
  });
});
