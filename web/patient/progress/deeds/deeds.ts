// SPDX-License-Identifier: Apache-2.0
// Badges for things done. None is for pain, range, quality or days in a row, and none is lost again. Pure.
import { DAY_MS } from '../../../fhir/durations.ts';

export const DEEDS = [
  'first-session',
  'repetitions-10',
  'repetitions-100',
  'repetitions-500',
  'first-week',
  'came-back',
  'asked',
  'read-five',
] as const;
export type Deed = (typeof DEEDS)[number];

export interface Done {
  /** YYYY-MM-DD of each set. */
  days: readonly string[];
  repetitions: number;
  /** Whether a message was sent to the clinic. */
  asked: boolean;
  /** Texts. */
  read: number;
}

/** Unsourced defaults, as the numbers in the names. */
const WEEK_DAYS = 7;
const DAYS_OF_FIRST_WEEK = 3;
const PAUSE_DAYS = 7;
const TEXTS = 5;

const timeOf = (day: string) => Date.parse(day);

/** `before`: the deeds that were known; they stay, whatever the record says now. */
export function deedsOf({ days, repetitions, asked, read }: Done, before: readonly Deed[] = []): Deed[] {
  const each = [...new Set(days)].sort();
  const apart = (from: number, to: number) => (timeOf(each[to] ?? '') - timeOf(each[from] ?? '')) / DAY_MS;
  const earned: Record<Deed, boolean> = {
    'first-session': each.length > 0,
    'repetitions-10': repetitions >= 10,
    'repetitions-100': repetitions >= 100,
    'repetitions-500': repetitions >= 500,
    'first-week': each.some((_, i) => apart(i, i + DAYS_OF_FIRST_WEEK - 1) < WEEK_DAYS),
    'came-back': each.some((_, i) => i > 0 && apart(i - 1, i) >= PAUSE_DAYS),
    asked,
    'read-five': read >= TEXTS,
  };
  return DEEDS.filter((deed) => earned[deed] || before.includes(deed));
}

/** Few enough to be told of on a device that knows none yet: more are of an older record. */
const MOST_AT_FIRST = 2;

/** Those that the patient was not told of. `told`: absent on a device that never told of any. */
export function newDeeds(earned: readonly Deed[], told: readonly Deed[] | undefined): Deed[] {
  if (!told) return earned.length <= MOST_AT_FIRST ? [...earned] : [];
  return earned.filter((deed) => !told.includes(deed));
}

/** What the device keeps may be of an older version. */
export const knownDeeds = (kept: unknown): Deed[] =>
  Array.isArray(kept) ? DEEDS.filter((deed) => kept.includes(deed)) : [];
