// SPDX-License-Identifier: Apache-2.0
import type { Practitioner, Reference } from 'fhir/r4';
import { searchPages } from '../../data/fhir_search.ts';
import { nameOf } from '../../fhir/people.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { stillAllowed } from '../../clinical/chart/load.ts';
import { keptNotes, type Kept } from './kept_drafts.ts';
import type { Note } from './note.ts';

export interface Loaded {
  notes: Note[];
  kept: Kept[];
  people: Practitioner[];
}

/** Loads the notes about a patient and the drafts on this device. Throws if the user has lost access to the patient. */
export async function loadNotes(account: string, patient: string): Promise<Loaded> {
  const [pages, kept] = await Promise.all([
    stillAllowed(
      patient,
      searchPages(
        `Composition?subject=Patient/${patient}&_sort=-date&_count=200&_include=Composition:author:Practitioner` +
          `&_include=Composition:attester:Practitioner`,
      ),
    ),
    keptNotes(account, patient),
  ]);
  return {
    notes: resourcesIn<Note>(pages, 'Composition'),
    kept,
    people: resourcesIn<Practitioner>(pages, 'Practitioner'),
  };
}

/** Returns the person's present name in the record, else the name in the note. */
export function whoIs(people: readonly Practitioner[], who: Reference | undefined): string | undefined {
  const person = people.find(({ id }) => who?.reference === `Practitioner/${id ?? ''}`);
  return (person && nameOf(person)) ?? who?.display;
}
