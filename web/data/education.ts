// SPDX-License-Identifier: Apache-2.0
// Texts for patients out of the record: docs/reference/programme.md.
import type { Library } from 'fhir/r4';
import { textFromBase64 } from './base64.ts';
import { contentIn } from '../translations/content.ts';
import type { Language } from '../translations/language.tsx';
import { LANGUAGES } from '../translations/languages.ts';
import { fhirRead } from './api.ts';
import { kept, networkFirst } from './network_first.ts';
import { said } from '../fhir/questionnaire/model.ts';
import { newest, resourcesIn } from '../fhir/resources.ts';

export interface Reading {
  url: string;
  title: string;
  lead: string;
  /** The code of its theme (docs/reference/catalog.md); undefined of a clinic's own without one. */
  theme: string | undefined;
  /** Plain Markdown. */
  body: string;
  /** Of this language; the reader's, where there is one. */
  language: string;
  note: string | undefined;
}

const orderOf = ({ extension }: Library) =>
  extension?.find(({ url }) => url === 'urn:reprise:order')?.valueInteger ?? Infinity;

/** Returns a text in a further language; undefined if one of its paragraphs has no translation. */
function translatedBody(body: string, language: Language): string | undefined {
  const paragraphs = body.split('\n\n');
  const translated = paragraphs.map((paragraph) => contentIn(paragraph, language));
  return translated.some((paragraph, i) => paragraph === paragraphs[i]) ? undefined : translated.join('\n\n');
}

function readingOf(library: Library, language: Language): Reading[] {
  const texts = (library.content ?? []).filter(
    ({ contentType = '', data }) => /^text\/(plain|markdown)\b/.test(contentType) && data,
  );
  const found =
    texts.find((one) => one.language?.startsWith(language)) ??
    texts.find((one) => one.language?.startsWith('en')) ??
    texts[0];
  if (!found?.data || !library.url) return [];
  try {
    const body = textFromBase64(found.data);
    const isOther = LANGUAGES[language].extra && found.language?.startsWith(language) !== true;
    const translated = isOther ? translatedBody(body, language) : undefined;
    // One language from the title to the end.
    const heading = isOther && translated === undefined ? 'en' : language;
    return [
      {
        url: library.url,
        title: said(library.title, library._title, heading),
        lead: said(library.description, library._description, heading),
        theme: library.topic
          ?.flatMap(({ coding }) => coding ?? [])
          .find(({ system }) => system === 'urn:reprise:education-theme')?.code,
        body: translated ?? body,
        language: translated === undefined ? (found.language ?? language) : language,
        note: library.subtitle,
      },
    ];
  } catch {
    return []; // no base64
  }
}

/** The newest version of each, in their order. */
export function readingsIn(bundles: readonly string[], language: Language): Reading[] {
  const all = resourcesIn<Library>(bundles, 'Library');
  const urls = [...new Set(all.flatMap(({ url }) => (url ? [url] : [])))];
  const latest = urls.flatMap((url) => newest(all.filter((one) => one.url === url)) ?? []);
  latest.sort((a, b) =>
    orderOf(a) === orderOf(b) ? (a.title ?? '').localeCompare(b.title ?? '') : orderOf(a) - orderOf(b),
  );
  return latest.flatMap((library) => readingOf(library, language));
}

/** From the record; without a network as it was kept. */
export const loadReadings = (account: string) =>
  networkFirst(`learn ${account}`, async () => [
    await fhirRead('Library?type=urn:reprise:library%7Ceducation&status=active&_count=100'),
  ]);

/** As the device has kept them; asked only where it has none. */
export const keptReadings = async (account: string) =>
  (await kept<string[]>(`learn ${account}`)) ?? (await loadReadings(account));
