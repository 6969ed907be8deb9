// SPDX-License-Identifier: Apache-2.0
import type { Library } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import small from '../../catalog/education/small-steps.json';
import arabic from '../../translations/ar/content.json';
import { keepContent } from '../translations/content.ts';
import { readingsIn } from './education.ts';

const base64 = (text: string) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
/** As care/plan/education.cpp writes it, in English and German. */
const bundle = (english = small.text.en.body): string => {
  const library: Library = {
    resourceType: 'Library',
    status: 'active',
    type: {},
    url: 'urn:reprise:education:small-steps',
    title: small.text.en.title,
    description: small.text.en.lead,
    content: [
      { contentType: 'text/markdown', language: 'en', data: base64(english.join('\n\n')) },
      { contentType: 'text/markdown', language: 'de', data: base64(small.text.de.body.join('\n\n')) },
    ],
  };
  return JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: library }] });
};

describe('a text to read', () => {
  beforeAll(() => keepContent('ar', arabic));

  it('is in the reader’s language', () => {
    expect(readingsIn([bundle()], 'de')).toMatchObject([{ language: 'de', body: small.text.de.body.join('\n\n') }]);
  });

  it('is wholly in a further language that has all its words', () => {
    const [reading] = readingsIn([bundle()], 'ar');
    expect(reading?.language).toBe('ar');
    const parts = [reading?.title, reading?.lead, ...(reading?.body.split('\n\n') ?? [])];
    expect(parts).toHaveLength(small.text.en.body.length + 2);
    for (const part of parts) expect(part).toMatch(/\p{Script=Arabic}/u);
  });

  it('is wholly in English once one of its words has changed', () => {
    const changed = [...small.text.en.body, 'A new sentence.'];
    expect(readingsIn([bundle(changed)], 'ar')).toMatchObject([
      { language: 'en', title: small.text.en.title, lead: small.text.en.lead, body: changed.join('\n\n') },
    ]);
  });
});
