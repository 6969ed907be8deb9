// SPDX-License-Identifier: Apache-2.0
// Whom a resource is about, as the pages call them, and how one person is told from another.
import type { HumanName, Meta, Patient, Practitioner } from 'fhir/r4';
import { wordsBegin } from './words_begin.ts';

/** The newest name; nothing where there is none. */
export function nameOf({ name = [] }: { name?: HumanName[] | undefined }): string | undefined {
  const first = name.find(({ use }) => use !== 'old') ?? name[0];
  return first?.text ?? ([...(first?.given ?? []), first?.family ?? ''].join(' ').trim() || undefined);
}

/** The picture of a person of the clinic, as an address; undefined if there is none that can be shown. */
export function photoOf({ photo = [] }: Pick<Practitioner, 'photo'>): string | undefined {
  const shown = photo.find(
    ({ contentType, data }) =>
      (contentType === 'image/jpeg' || contentType === 'image/png') && /^[A-Za-z0-9+/]+={0,2}$/.test(data ?? ''),
  );
  return shown && `data:${shown.contentType ?? ''};base64,${shown.data ?? ''}`;
}

/** Leaves out a profession after a comma: "Kim Simulated, physiotherapist". */
export const withoutProfession = (name: string) => name.split(',')[0] ?? '';

/** The first letters of the first and the last name; of "Dr." and of a profession none. */
export function initialsOf(name: string): string {
  const words = withoutProfession(name)
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word) && !word.endsWith('.'));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

export const isSimulated = ({ meta }: { meta?: Meta | undefined }) =>
  meta?.tag?.some(({ system, code }) => system === 'urn:reprise:tag' && code === 'simulated') ?? false;

/** Whole years on a day; nothing where the date is not known to the day. */
export function ageOn(birthDate: string | undefined, now: Date): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate ?? '') ?? [];
  if (!year) return undefined;
  const had =
    now.getMonth() + 1 > Number(month) || (now.getMonth() + 1 === Number(month) && now.getDate() >= Number(day));
  return now.getFullYear() - Number(year) - (had ? 0 : 1);
}

/** What of a Patient tells who it is. */
export type PatientNamed = Pick<Patient, 'id' | 'meta' | 'active' | 'name' | 'birthDate' | 'gender' | 'identifier'>;

/** A patient in a list or a picker; shown by parts/who.tsx. */
export interface Who {
  id: string;
  name: string;
  birthDate?: string | undefined;
  simulated: boolean;
  /** Tells those apart who have one name and one birth date. */
  mark?: string | undefined;
}

/** Returns the patient's identity. The name is the record's id if the patient has none. */
export const whoIs = (patient: PatientNamed): Who => ({
  id: patient.id ?? '',
  name: nameOf(patient) ?? patient.id ?? '',
  birthDate: patient.birthDate,
  simulated: isSimulated(patient),
});

export const byName = (a: Who, b: Who) =>
  a.name.localeCompare(b.name) || (a.birthDate ?? '').localeCompare(b.birthDate ?? '') || a.id.localeCompare(b.id);

/**
 * Those whom neither name nor birth date tells apart get a further mark: the clinic's number for them, else the
 * record's id.
 */
export function whoAre(patients: readonly PatientNamed[]): Who[] {
  const alike = new Map<string, number>();
  const key = ({ name, birthDate = '' }: Who) => `${name.toLowerCase()}|${birthDate}`;
  const all = patients.map((patient) => ({
    who: whoIs(patient),
    number: patient.identifier?.find(({ value }) => value)?.value,
  }));
  for (const { who } of all) alike.set(key(who), (alike.get(key(who)) ?? 0) + 1);
  return all.map(({ who, number }) => ((alike.get(key(who)) ?? 0) > 1 ? { ...who, mark: number ?? who.id } : who));
}

/** How a birth date may be typed in figures: 1949-05-01, 1.5.1949, 05/01/1949, 1/5/49, 19490501. */
function spellings(birthDate: string): string[] {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate) ?? [];
  if (!year || !month || !day) return [birthDate];
  const short = (two: string) => String(Number(two));
  const pairs = [
    [day, month],
    [short(day), short(month)],
    [month, day],
    [short(month), short(day)],
  ];
  return [
    `${year}-${month}-${day}`,
    `${year}-${short(month)}-${short(day)}`,
    `${year}${month}${day}`,
    `${day}${month}${year}`,
    `${month}${day}${year}`,
    ...pairs.flatMap(([a, b]) => [`${a}-${b}-${year}`, `${a}-${b}-${year.slice(2)}`]),
  ];
}

/**
 * Returns whether every typed word begins a word of the name or of the mark, or says the birth date. `born`: the birth
 * date in the reader's words.
 */
export function isMeant(who: Who, typed: string, born = ''): boolean {
  const text = [who.name, who.mark ?? '', born].join(' ');
  return typed.split(/[\s,]+/).every((word) => {
    const figures = /^\d+([./-]\d*)*$/.test(word) ? word.replace(/[./]/g, '-') : undefined;
    return (
      wordsBegin(text, word) ||
      (figures !== undefined &&
        who.birthDate !== undefined &&
        spellings(who.birthDate).some((one) => one.startsWith(figures)))
    );
  });
}

/** Returns the FHIR dates that figures may mean: both for 5/1/1949, the year for 1949; empty if they are no date. */
export function datesMeant(word: string): string[] {
  const two = (text: string) => text.padStart(2, '0');
  if (/^(1[89]|20)\d{2}$/.test(word)) return [word];
  const [, year, month, day] = /^(\d{4})[./-]?(\d{1,2})[./-]?(\d{1,2})$/.exec(word) ?? [];
  if (year && month && day) return [`${year}-${two(month)}-${two(day)}`].filter(isDay);
  const [, first, second, last] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(word) ?? [];
  if (!first || !second || !last) return [];
  return [...new Set([`${last}-${two(second)}-${two(first)}`, `${last}-${two(first)}-${two(second)}`])].filter(isDay);
}

const isDay = (text: string) => new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;
