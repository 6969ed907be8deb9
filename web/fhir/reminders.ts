// SPDX-License-Identifier: Apache-2.0
// The patient's choice of reminders as a Consent (docs/reference/reminders.md). Pure.
import type { Communication, Consent, Extension } from 'fhir/r4';
import { codeOf } from './results.ts';

const CONSENT = 'urn:reprise:consent';
const TIMES = 'urn:reprise:reminder-times';
const QUESTION = 'exercise-reminder-question';

export interface Choice {
  wanted: boolean;
  /** On the devices that are subscribed; otherwise, and while there are none, by mail. */
  onDevices?: boolean | undefined;
  /** "18:30", in `zone`. */
  time: string;
  /** Of a second one on the same day; later than `time`. */
  second?: string | undefined;
  /** Of the tz database: "Europe/Berlin". */
  zone: string;
  /** The first day with reminders again, "2026-03-10". */
  pausedUntil?: string | undefined;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const clockOf = (minutes: number) =>
  `${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The half hour that has begun: "18:30". */
export const clockNow = (now: Date) => clockOf(now.getHours() * 60 + (now.getMinutes() < 30 ? 0 : 30));

/** A time so much later on the same day, at most 23:59. */
export function laterClock(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return clockOf(Math.min(23 * 60 + 59, (hour || 0) * 60 + (minute || 0) + minutes));
}

/** Returns why a choice cannot be stored; undefined: it can. */
export function problemIn({ time, second }: Choice): 'reminders.noTime' | 'reminders.secondLater' | undefined {
  if (!CLOCK.test(time)) return 'reminders.noTime';
  return second !== undefined && (!CLOCK.test(second) || second <= time) ? 'reminders.secondLater' : undefined;
}

const isOwn = ({ status, category = [], performer = [], patient }: Consent) =>
  status === 'active' &&
  category.some((one) => codeOf(one, CONSENT) === 'reminders') &&
  performer.length > 0 &&
  performer.every(({ reference }) => reference !== undefined && reference === patient?.reference);

const writtenAt = ({ meta }: Consent) => Date.parse(meta?.lastUpdated ?? '') || 0;

/** The patient's Consent that holds: the newest by the record's clock. */
export const choiceIn = (consents: readonly Consent[]): Consent | undefined =>
  [...consents].filter(isOwn).sort((a, b) => writtenAt(b) - writtenAt(a))[0];

/** Reads it; undefined where its times cannot be read. */
export function readChoice(consent: Consent): Choice | undefined {
  const parts = consent.extension?.find(({ url }) => url === TIMES)?.extension ?? [];
  const part = (name: string): Extension | undefined => parts.find(({ url }) => url === name);
  const clock = (name: string) => part(name)?.valueTime?.slice(0, 5);
  const time = clock('time');
  const zone = part('zone')?.valueCode;
  if (time === undefined || zone === undefined) return undefined;
  const choice: Choice = {
    wanted: consent.provision?.type === 'permit',
    onDevices: part('channel')?.valueCode === 'push' || undefined,
    time,
    second: clock('second-time'),
    zone,
    pausedUntil: part('paused-until')?.valueDate,
  };
  return problemIn(choice) ? undefined : choice;
}

/** When the question whether to pause was sent, if the patient has not chosen since. */
export function openQuestion(communications: readonly Communication[], consent: Consent | undefined) {
  const asked = communications
    .filter(({ category = [] }) => category.some((one) => codeOf(one, 'urn:reprise:communication') === QUESTION))
    .flatMap(({ sent }) => (sent ? [sent] : []))
    .sort()
    .at(-1);
  return consent && asked && Date.parse(asked) >= writtenAt(consent) ? asked : undefined;
}

interface Written {
  patient: string;
  choice: Choice;
  /** The one that holds, to be replaced. */
  earlier: Consent | undefined;
  /** "2026-03-02T18:00:00+01:00" */
  when: string;
  language: string;
  /** The words shown, and the answer. */
  words: string;
  simulated: boolean;
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** The transaction that stores a choice: one Consent for a patient, changed by the patient alone. */
export function choiceTransaction({ patient, choice, earlier, when, language, words, simulated }: Written): string {
  const self = { reference: `Patient/${patient}` };
  const parts: Extension[] = [
    { url: 'channel', valueCode: choice.onDevices ? 'push' : 'mail' },
    { url: 'zone', valueCode: choice.zone },
    { url: 'time', valueTime: `${choice.time}:00` },
    ...(choice.second ? [{ url: 'second-time', valueTime: `${choice.second}:00` }] : []),
    ...(choice.pausedUntil ? [{ url: 'paused-until', valueDate: choice.pausedUntil }] : []),
  ];
  const consent: Consent = {
    resourceType: 'Consent',
    ...(earlier?.id ? { id: earlier.id } : {}),
    ...(simulated ? { meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] } } : {}),
    extension: [{ url: TIMES, extension: parts }],
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }],
      text: 'Treatment',
    },
    category: [{ coding: [{ system: CONSENT, code: 'reminders' }], text: 'Reminders of exercises' }],
    patient: self,
    dateTime: when,
    performer: [self],
    sourceAttachment: {
      contentType: 'text/plain; charset=utf-8',
      language,
      data: base64(words),
      title: 'The text shown, and the answer',
    },
    policyRule: { text: 'The words that are attached, as the app showed them.' },
    provision: { type: choice.wanted ? 'permit' : 'deny' },
  };
  const version = earlier?.meta?.versionId;
  const request = earlier?.id
    ? {
        method: 'PUT',
        url: `Consent/${earlier.id}`,
        ...(version === undefined ? {} : { ifMatch: `W/"${version}"` }),
      }
    : { method: 'POST', url: 'Consent' };
  return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [{ resource: consent, request }] });
}
