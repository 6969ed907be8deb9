// SPDX-License-Identifier: Apache-2.0
// A clinic's own films of exercises, for who sees them and who adds them.
import type { Library } from 'fhir/r4';
import { filmLibrary, filmsIn, filmsOf, type ExerciseFilm, type NewFilm } from '../fhir/exercise_films.ts';
import { localTime } from '../fhir/local_time.ts';
import { resourcesIn } from '../fhir/resources.ts';
import { fhirRead, sendFilm, sendTransaction } from './api.ts';
import { networkFirst } from './network_first.ts';
import { plainJpeg } from './plain_jpeg.ts';
import type { OnSent } from './upload.ts';
import { change } from './write.ts';

const read = (bundles: readonly string[]) => filmsIn(resourcesIn<Library>(bundles, 'Library'));

/** Those that patients see; without a network as the device has kept the list. */
export async function loadShownFilms(account: string): Promise<ExerciseFilm[]> {
  return read((await networkFirst(`films ${account}`, async () => [await fhirRead(filmsOf(false))])).value);
}

/** All, with removed ones. */
export const loadAllFilms = async () => read([await fhirRead(filmsOf(true))]);

export interface AddedFilm extends Pick<NewFilm, 'exercise' | 'title' | 'seconds' | 'side' | 'language' | 'leave'> {
  film: Blob;
  contentType: string;
  poster: Blob;
}

/** Sends a film and shows it to patients. `before`: the one that it replaces. Throws a Failure. */
export async function addFilm(
  { film, contentType, poster, ...rest }: AddedFilm,
  before: ExerciseFilm | undefined,
  onSent: OnSent,
) {
  // Some browsers write into a picture what the record refuses.
  const plain = new Blob([plainJpeg(new Uint8Array(await poster.arrayBuffer())).slice()]);
  const filmId = await sendFilm(film, contentType, onSent);
  const posterId = await sendFilm(plain, 'image/jpeg');
  const library = filmLibrary(
    {
      ...rest,
      film: { id: filmId, contentType, bytes: film.size },
      poster: { id: posterId, bytes: plain.size },
      creation: localTime(new Date()),
    },
    before?.library,
  );
  if (before) return change(library);
  // Two who add a film at once: the second is told.
  const request = { method: 'POST', url: 'Library' };
  return sendTransaction(
    JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [{ resource: library, request }] }),
  );
}

/** Patients see a removed film no more; its bytes stay for putting it back. */
export const showFilm = ({ library }: ExerciseFilm, shown: boolean) =>
  change({ ...library, status: shown ? ('active' as const) : ('retired' as const) });
