import { found } from '../chart/load.ts';
import type { Flag, Message, Note, Patient } from './worklist.ts';

const PAGE = 1000;
const DAY_MS = 24 * 3600_000;
/** Older messages wait no longer for an answer on the list; they stay in the chart. */
const MESSAGES_MS = 90 * DAY_MS;

export interface Exercise { url?: string; title?: string; _title?: { extension?: { url?: string; extension?: { url?: string; valueCode?: string; valueString?: string }[] }[] } }
export interface Loaded { patients: Patient[]; flags: Flag[]; messages: Message[]; notes: Note[]; at: number }

/** Those without an end. */
export const loadFlags = () => found<Flag>('Flag', `?date=ge${encodeURIComponent(new Date().toISOString())}&_count=${PAGE}&_elements=status,code,subject,period,extension`);

export async function loadWorklist(): Promise<Loaded> {
  const at = Date.now();
  const since = new Date(at - MESSAGES_MS).toISOString();
  const kinds = ['message', 'erasure-request'].map((code) => encodeURIComponent(`urn:reprise:communication|${code}`)).join(',');
  const [patients, flags, messages, notes] = await Promise.all([
    found<Patient>('Patient', `?_count=${PAGE}&_elements=name,birthDate,gender,active`),
    loadFlags(),
    found<Message>('Communication', `?category=${kinds}&sent=ge${since}&_count=${PAGE}&_elements=status,category,subject,sender,sent`),
    found<Note>('Composition', `?status=preliminary&_count=${PAGE}&_elements=status,subject`),
  ]);
  return { patients, flags, messages, notes, at };
}

/** By id. */
export async function loadExercises(): Promise<Map<string, Exercise>> {
  const all = await found<Exercise>('ActivityDefinition', `?_count=${PAGE}&_elements=url,title`);
  return new Map(all.flatMap((one) => (one.url ? [[one.url.replace('urn:reprise:exercise:', ''), one] as const] : [])));
}
