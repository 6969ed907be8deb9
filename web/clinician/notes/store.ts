// SPDX-License-Identifier: Apache-2.0
// Writes a note, and never overwrites a version that the author has not seen.
import { fhirRead, Failure } from '../../data/api.ts';
import { change, createThere } from '../../data/write.ts';
import { isSigned, same, wordsOf, type Note } from './note.ts';

/** `ours`: the record has the sent note. False: the record has the note of another author, and nothing was written. */
export interface Stored {
  there: Note;
  ours: boolean;
}

const signer = ({ attester = [] }: Note) => attester.find(({ mode }) => mode === 'legal')?.party?.reference;

/** Checks if the record's note is the sent one, because the response may have been lost. */
function isOurs(there: Note, sent: Note): boolean {
  const [its, own] = [wordsOf(there), wordsOf(sent)];
  return (
    its !== undefined &&
    own !== undefined &&
    same(its, own) &&
    there.status === sent.status &&
    (!isSigned(sent) || signer(there) === signer(sent))
  );
}

export const readNote = async (id: string) => JSON.parse(await fhirRead(`Composition/${id}`)) as Note;

/** Stores a note. `version`: the version on which it is based; undefined: the note is new. Throws a Failure. */
export async function store(note: Note, version: string | undefined): Promise<Stored> {
  try {
    await (version === undefined ? createThere(note) : change({ ...note, meta: { ...note.meta, versionId: version } }));
  } catch (error) {
    if (!(error instanceof Failure) || error.status !== 412) throw error;
  }
  // The note is read after a successful write, too, because another user may have written since.
  const there = await readNote(note.id);
  return { there, ours: isOurs(there, note) };
}
