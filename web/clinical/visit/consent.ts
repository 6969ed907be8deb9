// SPDX-License-Identifier: Apache-2.0
// What a patient says about video visits: a Consent like the others (docs/operations/access.md), asked before the first
// visit, and taken back in the settings.
import { recordConsent, recordedConsent } from '../../data/recorded_consents.ts';
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
export const answerVisits = (patient: string, permits: boolean, language: Language, words: string) =>
  recordConsent({ patient, kind: 'video_visit', permits, language, words });

/** Returns the last answer; undefined if the patient was not asked. */
export async function visitsConsented(patient: string): Promise<boolean | undefined> {
  const { state } = await recordedConsent(patient, 'video-visit');
  return state === 'unasked' ? undefined : state === 'yes';
}
