// SPDX-License-Identifier: Apache-2.0
// Patients, as lists and pickers ask the record for them.
import { fhirRead } from './api.ts';
import { searchAll } from './fhir_search.ts';
import { byName, datesMeant, whoAre, type PatientNamed, type Who } from '../fhir/people.ts';
import { resourcesIn } from '../fhir/resources.ts';

/** The elements that identify a patient. */
export const NAMED = 'name,birthDate,active,identifier';
const MOST_FOUND = 50;

/** All patients whom the reader may see and who are not closed, by name. */
export const loadPatients = async (): Promise<Who[]> =>
  whoAre(
    (await searchAll<PatientNamed>('Patient', `?_count=1000&_elements=${NAMED}`)).filter(
      ({ active }) => active !== false,
    ),
  ).sort(byName);

/** What a search by name and birth date asks for; nothing typed: for everybody. */
export const soughtBy = (typed: string) =>
  typed
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const days = datesMeant(word);
      return days.length > 0 ? `&birthdate=${days.join(',')}` : `&name=${encodeURIComponent(word)}`;
    })
    .join('');

/**
 * The first of those who are meant, searched by the server: of a whole clinic. `T`: what of them is asked for by
 * `elements`.
 */
export async function searchPatients<T extends PatientNamed>(typed: string, elements = NAMED): Promise<T[]> {
  // One page is enough: a reader with so many hits types on.
  return resourcesIn<T>(
    [await fhirRead(`Patient?_count=${MOST_FOUND}&_sort=family,given&_elements=${elements}${soughtBy(typed)}`)],
    'Patient',
  );
}
