// Conversations of own patients, in the order in which they are looked at. Pure.
import { isSimulated } from '../../record/people.ts';
import { written, type Conversation } from '../../record/unanswered.ts';
import { nameOf, type Patient } from '../worklist/worklist.ts';

export interface Row extends Conversation { name: string; simulated: boolean }

/** Who waits comes first; then the newest. Nobody of whom there is no Patient: it may not be seen any more. */
export function rowsOf(conversations: ReadonlyMap<string, Conversation>, patients: readonly Patient[]): Row[] {
  return patients.flatMap((patient): Row[] => {
    const conversation = conversations.get(patient.id);
    return conversation ? [{ ...conversation, name: nameOf(patient), simulated: isSimulated(patient) }] : [];
  }).sort((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || written(b.newest) - written(a.newest) || a.name.localeCompare(b.name));
}
