// SPDX-License-Identifier: Apache-2.0
import type { ActivityDefinition, Composition, Flag, Reference } from 'fhir/r4';
import { searchAll } from '../../data/fhir_search.ts';
import { NAMED } from '../../data/patients.ts';
import type { PatientNamed } from '../../fhir/people.ts';
import type { WorklistPatient } from '../../clinical/flags/worklist.ts';

const PAGE = 1000;

export interface Loaded {
  patients: WorklistPatient[];
  flags: Flag[];
  notes: Composition[];
  at: number;
}

/** Those without an end. */
export const loadFlags = () =>
  searchAll<Flag>(
    'Flag',
    `?date=ge${encodeURIComponent(new Date().toISOString())}&_count=${PAGE}` +
      `&_elements=status,code,subject,period,extension`,
  );

/** Names change seldom, and each look at them is an entry of every patient's in the audit log. */
const PATIENTS_EACH_MS = 5 * 60_000;

/**
 * Returns the function that reloads the list. It reloads the patients only after a while, or if a flag or a note is
 * about an unknown patient.
 */
export function worklistLoader(): () => Promise<Loaded> {
  let known: { patients: WorklistPatient[]; ids: ReadonlySet<string>; at: number } | undefined;
  const loadPatients = async (at: number) => {
    const patients = await searchAll<PatientNamed>('Patient', `?_count=${PAGE}&_elements=${NAMED},gender`);
    return (known = { patients, ids: new Set(patients.map(({ id }) => `Patient/${id}`)), at });
  };
  return async () => {
    const at = Date.now();
    const fresh = known && at - known.at < PATIENTS_EACH_MS ? known : undefined;
    const [first, flags, notes] = await Promise.all([
      fresh ?? loadPatients(at),
      loadFlags(),
      searchAll<Composition>('Composition', `?status=preliminary&_count=${PAGE}&_elements=status,subject`),
    ]);
    const isNew = ({ subject }: { subject?: Reference | undefined }) =>
      subject?.reference !== undefined && !first.ids.has(subject.reference);
    const { patients } = fresh && [...flags, ...notes].some(isNew) ? await loadPatients(at) : first;
    return { patients, flags, notes, at };
  };
}

/** By id. */
export async function loadExercises(): Promise<Map<string, ActivityDefinition>> {
  const all = await searchAll<ActivityDefinition>('ActivityDefinition', `?_count=${PAGE}&_elements=url,title`);
  return new Map(all.flatMap((one) => (one.url ? [[one.url.replace('urn:reprise:exercise:', ''), one] as const] : [])));
}
