import { found } from '../../record/found.ts';
import { NAMED } from '../../record/patients.ts';
import type { Flag, Note, Patient } from './worklist.ts';

const PAGE = 1000;

export interface Exercise { url?: string; title?: string; _title?: { extension?: { url?: string; extension?: { url?: string; valueCode?: string; valueString?: string }[] }[] } }
export interface Loaded { patients: Patient[]; flags: Flag[]; notes: Note[]; at: number }

/** Those without an end. */
export const loadFlags = () => found<Flag>('Flag', `?date=ge${encodeURIComponent(new Date().toISOString())}&_count=${PAGE}&_elements=status,code,subject,period,extension`);

export async function loadWorklist(): Promise<Loaded> {
  const at = Date.now();
  const [patients, flags, notes] = await Promise.all([
    found<Patient>('Patient', `?_count=${PAGE}&_elements=${NAMED},gender`),
    loadFlags(),
    found<Note>('Composition', `?status=preliminary&_count=${PAGE}&_elements=status,subject`),
  ]);
  return { patients, flags, notes, at };
}

/** By id. */
export async function loadExercises(): Promise<Map<string, Exercise>> {
  const all = await found<Exercise>('ActivityDefinition', `?_count=${PAGE}&_elements=url,title`);
  return new Map(all.flatMap((one) => (one.url ? [[one.url.replace('urn:reprise:exercise:', ''), one] as const] : [])));
}
