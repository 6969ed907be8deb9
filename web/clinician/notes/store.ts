// Writing a note, so that nothing of anybody is overwritten that was not seen.
import { fhirRead, Failure } from '../../data/api.ts';
import { change, createThere } from '../../data/write.ts';
import { isSigned, same, wordsOf, type Note } from './note.ts';

/** `ours`: the record has the sent note. False: the record has the note of another author, and nothing was written. */
export interface Stored {
  there: Note;
  ours: boolean;
}

const signer = ({ attester = [] }: Note) => attester.find(({ mode }) => mode === 'legal')?.party?.reference;

/** Whether the record's note is the one that was sent: its answer may have been lost. */
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
  // Also after it was written: another one may have written since, and that was not seen either.
  const there = await readNote(note.id);
  return { there, ours: isOurs(there, note) };
}
