// Conversations of own patients, in the order in which they are looked at. Pure.
import { isSimulated } from '../../record/people.ts';
import { written, type Conversation } from '../../record/unanswered.ts';
import { nameOf, type Patient } from '../worklist/worklist.ts';

export interface Row extends Conversation { name: string; simulated: boolean }

/** Who has waited longest comes first; those who wait for nothing by the newest message. Nobody of whom there is no Patient: it may not be seen any more. */
export function rowsOf(conversations: ReadonlyMap<string, Conversation>, patients: readonly Patient[]): Row[] {
  return patients.flatMap((patient): Row[] => {
    const conversation = conversations.get(patient.id);
    return conversation ? [{ ...conversation, name: nameOf(patient), simulated: isSimulated(patient) }] : [];
  }).sort((a, b) => (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) || written(b.newest) - written(a.newest) || a.name.localeCompare(b.name));
}
