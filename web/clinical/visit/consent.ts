// SPDX-License-Identifier: Apache-2.0
// What a patient says about video visits: a Consent like the others (docs/operations/access.md), asked before the first
// visit, and taken back in the settings.
import type { Consent, Meta } from 'fhir/r4';
import { localTime } from '../../fhir/local_time.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { isSimulated } from '../../fhir/people.ts';
import { fhirRead, sendTransaction } from '../../data/api.ts';
import { engine } from '../../data/engine.ts';
import type { Language, useLanguage } from '../../translations/language.tsx';

type Translate = ReturnType<typeof useLanguage>['t'];

/** The points of the explanation, in this order. */
export const TOLD = ['picture', 'recorded', 'around', 'emergency', 'change'] as const;

export const wordsOfVisits = (t: Translate, yes: boolean): string =>
  [
    t('visit.consent.title'),
    ...TOLD.flatMap((key) => [t(`visit.consent.${key}`), t(`visit.consent.${key}What`)]),
    t('visit.consent.ask'),
    t(yes ? 'yes' : 'no'),
  ].join('\n');

/** Stores the answer. Returns when the record has it, so that no video starts on an answer that is not stored. */
export async function answerVisits(patient: string, permits: boolean, language: Language, words: string) {
  const [reprise, text] = await Promise.all([engine(), fhirRead(`Patient/${patient}`)]);
  const simulated = isSimulated(JSON.parse(text) as { meta?: Meta | undefined });
  await sendTransaction(
    reprise.consentBundle({
      id: crypto.randomUUID(),
      patient,
      simulated,
      kind: 'video_visit',
      permits,
      when: localTime(new Date()),
      language,
      words,
    }),
  );
}

/** Returns the last answer: of equally new answers a denial; undefined if the patient was not asked. */
export async function visitsConsented(patient: string): Promise<boolean | undefined> {
  const all = await searchAll<Consent>(
    'Consent',
    `?patient=Patient/${patient}&status=active&category=urn:reprise:consent%7Cvideo-visit`,
  );
  const newest = Math.max(...all.map(({ dateTime }) => Date.parse(dateTime ?? '') || 0));
  const last = all.filter(({ dateTime }) => (Date.parse(dateTime ?? '') || 0) === newest);
  return last.length === 0 ? undefined : last.every(({ provision }) => provision?.type === 'permit');
}
