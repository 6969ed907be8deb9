// SPDX-License-Identifier: Apache-2.0
// A clinician's one word to a patient's message, as a Communication of its own (docs/clinician/messages.md). It is no
// answer: the message goes on waiting. Pure.
import type { Communication, Practitioner } from 'fhir/r4';
import { nameOf } from '../fhir/people.ts';
import { SIMULATED } from '../fhir/questionnaire/response.ts';
import { resourcesIn } from '../fhir/resources.ts';
import { codesOf } from '../fhir/unanswered.ts';

export const REACTIONS = ['seen', 'thank-you', 'well-done'] as const;
export type ReactionWord = (typeof REACTIONS)[number];

const SYSTEM = 'urn:reprise:communication';
const CODE = 'reaction';
const WORDS = 'urn:reprise:reaction';

export interface Reaction {
  recordId: string;
  /** The record's id of the message. */
  about: string;
  word: ReactionWord;
  sender: string;
  by: string | undefined;
}

export const REACTION_QUERY =
  `category=${encodeURIComponent(`${SYSTEM}|${CODE}`)}&_sort=-sent&_count=200` +
  `&_include=Communication:sender:Practitioner`;

interface Written {
  id: string;
  word: ReactionWord;
  about: string;
  patient: string;
  practitioner: string;
  simulated: boolean;
  sent: string;
}

export const reactionOf = ({ id, word, about, patient, practitioner, simulated, sent }: Written) => ({
  resourceType: 'Communication',
  ...(simulated && { meta: SIMULATED }),
  identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }],
  inResponseTo: [{ reference: `Communication/${about}` }],
  status: 'completed',
  category: [{ coding: [{ system: SYSTEM, code: CODE }] }],
  topic: { coding: [{ system: WORDS, code: word }] },
  subject: { reference: `Patient/${patient}` },
  recipient: [{ reference: `Patient/${patient}` }],
  sender: { reference: `Practitioner/${practitioner}` },
  sent,
});

/** What the record has of a patient: of each clinician the newest word to a message. */
export function reactionsIn(bundles: readonly string[], patient: string): Reaction[] {
  const people = resourcesIn<Practitioner>(bundles, 'Practitioner');
  const newest = new Map<string, Reaction>();
  const sorted = resourcesIn<Communication>(bundles, 'Communication').sort(
    (a, b) => Date.parse(b.meta?.lastUpdated ?? '') - Date.parse(a.meta?.lastUpdated ?? ''),
  );
  for (const one of sorted) {
    const word = one.topic?.coding?.find(({ system }) => system === WORDS)?.code;
    const known = REACTIONS.find((each) => each === word);
    const about = /^Communication\/([A-Za-z0-9.-]{1,64})$/.exec(one.inResponseTo?.[0]?.reference ?? '')?.[1];
    const sender = one.sender?.reference ?? '';
    if (
      !codesOf(one).includes(CODE) ||
      one.status !== 'completed' ||
      one.subject?.reference !== `Patient/${patient}` ||
      // A patient could say that the clinic has seen it.
      !sender.startsWith('Practitioner/') ||
      !known ||
      !about ||
      !one.id
    )
      continue;
    const key = `${sender} ${about}`;
    const author = people.find(({ id }) => id !== undefined && sender === `Practitioner/${id}`);
    if (!newest.has(key))
      newest.set(key, { recordId: one.id, about, word: known, sender, by: author && nameOf(author) });
  }
  return [...newest.values()];
}

export const reactionsTo = (reactions: readonly Reaction[], recordId: string | undefined) =>
  reactions.filter(({ about }) => about === recordId);
