// SPDX-License-Identifier: Apache-2.0
// Which messages wait for an answer of the clinic: docs/clinician/messages.md. The order
// is that of arrival in the record, not of the senders' clocks. A message written without a network before the clinic's
// last answer was unknown to the clinic then.
import type { CodeableConcept, Communication } from 'fhir/r4';
import { isOfCarer } from './carers.ts';

export interface Told {
  /** Of the patient. */
  own: boolean;
  /** When the record got it. */
  arrived: string | undefined;
  sent: string | undefined;
  /** A person of the clinic wrote it as an answer, or said that none is needed. An automatic notice is neither. */
  closes: boolean;
}

/** Of each patient who wrote or was written to. */
export interface Conversation {
  patient: string;
  /** How many wait for an answer. */
  waiting: number;
  /** When the first of them reached the record, in milliseconds; nothing where none waits. */
  waitingSince: number | undefined;
  /** One of them asks to be erased. */
  erasure: boolean;
  newest: Told & { id: string };
  /** A clinician said that what came last needs no answer. */
  settled: boolean;
}

const COMMUNICATION = 'urn:reprise:communication';
const PAGE = 1000;

/** What a clinician's view of a conversation is read from; a patient's is without `no-answer-needed`. */
export const CLINIC_KINDS = ['message', 'erasure-request', 'no-answer-needed']
  .map((code) => encodeURIComponent(`${COMMUNICATION}|${code}`))
  .join(',');

/**
 * Returns a search for messages that reached the record since then, or for all. A question waits until it is answered,
 * however long ago it came.
 */
export function messagesSince(since: string | undefined) {
  const updated = since === undefined ? '' : `&_lastUpdated=ge${encodeURIComponent(since)}`;
  return `?category=${CLINIC_KINDS}${updated}&_count=${PAGE}&_elements=status,category,subject,sender,sent`;
}

const time = (text: string | undefined) => Date.parse(text ?? '') || 0;
const arrival = ({ arrived, sent }: Told) => time(arrived ?? sent);

/** When it was written; a clock that is ahead puts nothing before the rest. In milliseconds. */
export const written = (told: Told) => Math.min(arrival(told), time(told.sent ?? told.arrived));

/** The newest first. */
const byArrival = (a: Told, b: Told) => arrival(b) - arrival(a) || time(b.sent) - time(a.sent);

/** A patient's messages that came after the clinic's last answer, the newest first. */
export function unanswered<T extends Told>(of: readonly T[]): T[] {
  const sorted = [...of].sort(byArrival);
  const answered = sorted.findIndex(({ closes }) => closes);
  return (answered < 0 ? sorted : sorted.slice(0, answered)).filter(({ own }) => own);
}

/** Its codes of ours. */
export const codesOf = ({ category = [] }: { category?: CodeableConcept[] | undefined }) =>
  category
    .flatMap(({ coding = [] }) => coding)
    .filter(({ system }) => system === COMMUNICATION)
    .map(({ code }) => code);

/** Only a named person closes a patient's question: by writing, or by saying that it needs no answer. */
export function closes({ category, sender }: Pick<Communication, 'category' | 'sender'>): boolean {
  const codes = codesOf({ category });
  const person = /^Practitioner(Role)?\//.test(sender?.reference ?? '');
  return person && (codes.includes('no-answer-needed') || (codes.includes('message') && !codes.includes('notice')));
}

/** By patient. */
export function conversationsIn(all: readonly Communication[]): Map<string, Conversation> {
  const messages = new Map<string, (Told & { id: string; erasure: boolean; said: boolean })[]>();
  for (const one of all) {
    const patient = /^Patient\/([A-Za-z0-9.-]+)$/.exec(one.subject?.reference ?? '')?.[1];
    if (!patient || one.status !== 'completed') continue;
    const codes = codesOf(one);
    const told = {
      id: one.id ?? '',
      own: one.sender?.reference === `Patient/${patient}` || isOfCarer(one.sender?.reference),
      arrived: one.meta?.lastUpdated,
      sent: one.sent,
      closes: closes(one),
      erasure: codes.includes('erasure-request'),
      said: !codes.includes('no-answer-needed'),
    };
    const before = messages.get(patient);
    if (before) before.push(told);
    else messages.set(patient, [told]);
  }
  return new Map(
    [...messages].flatMap(([patient, some]) => {
      const waiting = unanswered(some);
      const sorted = [...some].sort(byArrival);
      const newest = sorted.find(({ said }) => said);
      if (!newest) return [];
      const first = waiting.at(-1);
      return [
        [
          patient,
          {
            patient,
            waiting: waiting.length,
            waitingSince: first && arrival(first),
            erasure: waiting.some(({ erasure }) => erasure),
            newest,
            settled: sorted[0]?.said === false,
          },
        ] as const,
      ];
    }),
  );
}

/** How many patients wait. */
export const waitingIn = (conversations: ReadonlyMap<string, Conversation>) =>
  [...conversations.values()].filter(({ waiting }) => waiting > 0).length;
