// Whom a resource is about, as the pages call them.
import type { Meta } from './results.ts';

export interface HumanName { text?: string; given?: string[]; family?: string; use?: string }

/** The newest name; nothing where there is none. */
export function nameOf({ name = [] }: { name?: HumanName[] }): string | undefined {
  const first = name.find(({ use }) => use !== 'old') ?? name[0];
  return first?.text ?? ([...(first?.given ?? []), first?.family ?? ''].join(' ').trim() || undefined);
}

export const isSimulated = ({ meta }: { meta?: Meta }) => meta?.tag?.some(({ system, code }) => system === 'urn:reprise:tag' && code === 'simulated') ?? false;

/** Whole years on a day; nothing where the date is not known to the day. */
export function ageOn(birthDate: string | undefined, now: Date): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate ?? '') ?? [];
  if (!year) return undefined;
  const had = now.getMonth() + 1 > Number(month) || (now.getMonth() + 1 === Number(month) && now.getDate() >= Number(day));
  return now.getFullYear() - Number(year) - (had ? 0 : 1);
}
