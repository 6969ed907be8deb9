// SPDX-License-Identifier: Apache-2.0
// Texts for patients out of the record: docs/reference/programme.md.
import type { Library } from 'fhir/r4';
import { textFromBase64 } from './base64.ts';
import type { Language } from '../translations/language.tsx';
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
    return [
      {
        url: library.url,
        title: said(library.title, library._title, language),
        lead: said(library.description, library._description, language),
        theme: library.topic
          ?.flatMap(({ coding }) => coding ?? [])
          .find(({ system }) => system === 'urn:reprise:education-theme')?.code,
        body: textFromBase64(found.data),
        language: found.language ?? language,
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
