// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { languageToShow, offered } from './languages.ts';

describe('the language to show', () => {
  it('is the one that was chosen on this device, then the browser’s, then English', () => {
    expect(languageToShow('de', ['es'], {})).toBe('de');
    expect(languageToShow(undefined, ['fr-FR', 'es-MX', 'de'], {})).toBe('es');
    expect(languageToShow('nl', ['fr'], {})).toBe('en');
  });

  it('is an unreviewed one only by choice, where the clinic allows it, and for patients', () => {
    expect(languageToShow(undefined, ['ar-EG', 'de'], { extra: ['ar'] })).toBe('de');
    expect(languageToShow('ar', ['de'], { extra: ['ar'] })).toBe('ar');
    expect(languageToShow('ar', ['de'], { extra: ['ar'], staff: true })).toBe('de');
    expect(languageToShow('ar', ['ar'], { extra: ['ar'], staff: true })).toBe('en');
    expect(languageToShow('ar', ['de'], { extra: [] })).toBe('de');
  });

  it('stays what was chosen while the server cannot be asked', () => {
    expect(languageToShow('ar', ['de'], {})).toBe('ar');
  });
});

describe('the languages to choose from', () => {
  it('have a further one only once the server has named it', () => {
    expect(offered({})).toStrictEqual(['de', 'en', 'es']);
    expect(offered({ extra: [] })).toStrictEqual(['de', 'en', 'es']);
    expect(offered({ extra: ['ar', 'tlh'] })).toStrictEqual(['de', 'en', 'es', 'ar']);
    expect(offered({ extra: ['ar'], staff: true })).toStrictEqual(['de', 'en', 'es']);
  });
});
