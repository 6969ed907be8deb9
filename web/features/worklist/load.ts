import { found } from '../../record/found.ts';
import { NAMED } from '../../record/patients.ts';
import type { Reference } from '../../record/results.ts';
import type { Flag, Note, Patient } from './worklist.ts';

const PAGE = 1000;

export interface Exercise {
  url?: string;
  title?: string;
  _title?: { extension?: { url?: string; extension?: { url?: string; valueCode?: string; valueString?: string }[] }[] };
}
export interface Loaded {
  patients: Patient[];
  flags: Flag[];
  notes: Note[];
  at: number;
}

/** Those without an end. */
export const loadFlags = () =>
  found<Flag>(
    'Flag',
    `?date=ge${encodeURIComponent(new Date().toISOString())}&_count=${PAGE}` +
      `&_elements=status,code,subject,period,extension`,
  );

/** Names change seldom, and each look at them is an entry of every patient's in the audit log. */
const PATIENTS_EACH_MS = 5 * 60_000;

/**
 * What loads the list again and again: patients only after a while, or when a flag or a note is about somebody who is
 * not known yet.
 */
export function worklistLoader(): () => Promise<Loaded> {
  let known: { patients: Patient[]; ids: ReadonlySet<string>; at: number } | undefined;
  const loadPatients = async (at: number) => {
    const patients = await found<Patient>('Patient', `?_count=${PAGE}&_elements=${NAMED},gender`);
    return (known = { patients, ids: new Set(patients.map(({ id }) => `Patient/${id}`)), at });
  };
  return async () => {
    const at = Date.now();
    const fresh = known && at - known.at < PATIENTS_EACH_MS ? known : undefined;
    const [first, flags, notes] = await Promise.all([
      fresh ?? loadPatients(at),
      loadFlags(),
      found<Note>('Composition', `?status=preliminary&_count=${PAGE}&_elements=status,subject`),
    ]);
    const isNew = ({ subject }: { subject?: Reference }) =>
      subject?.reference !== undefined && !first.ids.has(subject.reference);
    const { patients } = fresh && [...flags, ...notes].some(isNew) ? await loadPatients(at) : first;
    return { patients, flags, notes, at };
  };
}

/** By id. */
export async function loadExercises(): Promise<Map<string, Exercise>> {
  const all = await found<Exercise>('ActivityDefinition', `?_count=${PAGE}&_elements=url,title`);
  return new Map(all.flatMap((one) => (one.url ? [[one.url.replace('urn:reprise:exercise:', ''), one] as const] : [])));
}
