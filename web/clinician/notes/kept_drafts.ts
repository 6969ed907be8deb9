// SPDX-License-Identifier: Apache-2.0
// Keeps the typed text on this device until the record has it. It survives the end of a sign-in, a crash and a lost
// network.
import { localStore } from '../../data/local_store.ts';
import type { Note, Words } from './note.ts';

export interface Kept {
  /** The record's note, or the new one. */
  note: Note;
  /** The record's version; undefined: the record has none yet. */
  version: string | undefined;
  words: Words;
  /** When it was typed. */
  at: string;
}

const listOf = (account: string, patient: string) => `notes ${account} ${patient}`;
const keyOf = (account: string, id: string) => `note ${account} ${id}`;

export async function keep(account: string, patient: string, one: Kept) {
  const kept = await localStore();
  const ids = (await kept.value<string[]>(listOf(account, patient))) ?? [];
  await kept.putValue(keyOf(account, one.note.id), one);
  if (!ids.includes(one.note.id)) await kept.putValue(listOf(account, patient), [...ids, one.note.id]);
}

export const keptNote = async (account: string, id: string) => (await localStore()).value<Kept>(keyOf(account, id));

export async function keptNotes(account: string, patient: string): Promise<Kept[]> {
  const kept = await localStore();
  const all = await Promise.all(
    ((await kept.value<string[]>(listOf(account, patient))) ?? []).map((id) => keptNote(account, id)),
  );
  return all.flatMap((one) => one ?? []);
}

export async function drop(account: string, patient: string, id: string) {
  const kept = await localStore();
  const ids = (await kept.value<string[]>(listOf(account, patient))) ?? [];
  await kept.removeValue(keyOf(account, id));
  if (ids.includes(id))
    await kept.putValue(
      listOf(account, patient),
      ids.filter((one) => one !== id),
    );
}
