// SPDX-License-Identifier: Apache-2.0
// What a patient agreed to, as the record says it. Pure.
import type { Consent } from 'fhir/r4';
import { codeOf } from './results.ts';

/** A code of urn:reprise:consent. */
export type ConsentCode = 'app-use' | 'movement-recording' | 'video-visit' | 'posture-photo';

export interface ConsentAnswer {
  state: 'unasked' | 'yes' | 'no' | 'withdrawn';
  at?: string | undefined;
}

const permits = ({ provision }: Consent) => provision?.type === 'permit' && Object.keys(provision).length === 1;

/**
 * The answer that holds. The newest decides; one without a date is the oldest; of equally new ones a denial. A
 * permission with conditions does not count (docs/reference/programme.md).
 */
export function consentAnswer(consents: readonly Consent[], code: ConsentCode): ConsentAnswer {
  const all = consents.filter(
    ({ status, category = [] }) =>
      status === 'active' && category.some((one) => codeOf(one, 'urn:reprise:consent') === code),
  );
  const time = ({ dateTime }: Consent) => (dateTime ? Date.parse(dateTime) : -Infinity);
  const [first] = [...all].sort((a, b) => time(b) - time(a) || Number(permits(a)) - Number(permits(b)));
  if (!first) return { state: 'unasked' };
  if (permits(first)) return { state: 'yes', at: first.dateTime };
  return { state: all.some(permits) ? 'withdrawn' : 'no', at: first.dateTime };
}

/**
 * The time of a new answer: now, or a second after the last one where a clock was ahead then. Otherwise that one would
 * go on to hold, and nothing could be taken back.
 */
export const timeOfAnswer = (now: Date, { at }: ConsentAnswer): Date =>
  new Date(Math.max(now.getTime(), at === undefined ? 0 : Date.parse(at) + 1000 || 0));
