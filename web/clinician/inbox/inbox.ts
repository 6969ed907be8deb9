// SPDX-License-Identifier: Apache-2.0
// Conversations of own patients, in the order in which they are looked at. Pure.
import { byName, whoAre, type PatientNamed, type Who } from '../../fhir/people.ts';
import { written, type Conversation } from '../../fhir/unanswered.ts';

export interface Row extends Conversation {
  who: Who;
}

/**
 * Returns the conversations, the longest waiting first. Conversations that need no answer follow by their newest
 * message. A conversation without a Patient is left out, because this user may have lost access.
 */
export function rowsOf(conversations: ReadonlyMap<string, Conversation>, patients: readonly PatientNamed[]): Row[] {
  return whoAre(patients)
    .flatMap((who): Row[] => {
      const conversation = conversations.get(who.id);
      return conversation ? [{ ...conversation, who }] : [];
    })
    .sort(
      (a, b) =>
        (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) ||
        written(b.newest) - written(a.newest) ||
        byName(a.who, b.who),
    );
}
