// SPDX-License-Identifier: Apache-2.0
// Finished sets and measured values, from the record's Procedures and Observations (docs/reference/programme.md).
// Pure.

import type { Observation, Procedure } from 'fhir/r4';
import type { Stored } from '../../fhir/resources.ts';
import { codeIn, codeOf, dayOf, exerciseIn, rangeIn, type Range } from '../../fhir/results.ts';
import { DAY_MS } from '../../fhir/durations.ts';

export interface SetSeen {
  /** Of the catalog. */
  exercise: string;
  /** As it was called in the record. */
  name?: string;
  /** YYYY-MM-DD, by the patient's clock. */
  day: string;
  count: number;
  /** From its start to its end; absent where the record has no end. */
  seconds?: number;
  quality?: number;
  range?: Range;
  /** The ServiceRequest that it was done for. */
  request?: string;
  /** How the range was measured, in the record's words. */
  method?: string;
  /** Of the range: `urn:reprise:measure`. */
  measure?: string;
}

/** The oldest first. What cannot be read is left out. */
export function setsOf(procedures: readonly Stored<Procedure>[], observations: readonly Observation[]): SetSeen[] {
  const sets = new Map<string, SetSeen & { start: string }>();
  for (const { id, code, performedPeriod, ...procedure } of procedures) {
    const exercise = exerciseIn(procedure);
    const start = performedPeriod?.start;
    const seconds = (Date.parse(performedPeriod?.end ?? '') - Date.parse(start ?? '')) / 1000;
    const request = procedure.basedOn?.[0]?.reference?.replace(/^ServiceRequest\//, '');
    if (exercise && start)
      sets.set(`Procedure/${id}`, {
        exercise,
        start,
        day: dayOf(new Date(start)),
        count: 0,
        ...(seconds > 0 && { seconds }),
        ...(code?.text && { name: code.text }),
        ...(request && { request }),
      });
  }
  for (const observation of observations) {
    const set = sets.get(observation.partOf?.[0]?.reference ?? '');
    if (!set) continue;
    const code = codeIn(observation.code);
    if (code === 'repetitions') set.count = observation.valueInteger ?? 0;
    if (code === 'movement-quality' && observation.valueQuantity?.value !== undefined)
      set.quality = observation.valueQuantity.value;
    if (code === 'best-range' || code === 'mean-range') {
      const range = rangeIn(observation, code === 'best-range');
      const measure = codeOf(observation.code, 'urn:reprise:measure');
      if (range) set.range = range;
      if (range && observation.method?.text) set.method = observation.method.text;
      if (range && measure) set.measure = measure;
    }
  }
  return [...sets.values()]
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start))
    .map(({ start: _, ...set }) => set);
}

export interface Day {
  day: string;
  done: boolean;
  ahead: boolean;
}
export interface Week {
  days: Day[];
  reached: boolean;
  running: boolean;
}

/** Whole weeks from Monday on, the running one last. A week that missed its goal by one day has reached it. */
export function weeksOf(sets: readonly SetSeen[], now: Date, goal: number, count = 5): Week[] {
  const done = new Set(sets.map(({ day }) => day));
  const today = dayOf(now);
  const weekday = (now.getDay() + 6) % 7;
  return Array.from({ length: count }, (_, i) => {
    const first = (count - 1 - i) * 7 + weekday;
    // At noon, so that a change of the clock moves no day.
    const noon = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 12).getTime();
    const days = Array.from({ length: 7 }, (__, j): Day => {
      const day = dayOf(new Date(noon - (first - j) * DAY_MS));
      return { day, done: done.has(day), ahead: day > today };
    });
    return { days, reached: days.filter((day) => day.done).length >= Math.max(1, goal - 1), running: i === count - 1 };
  });
}

/** Weeks in a row that reached the goal; the running one counts once it has, and breaks nothing before. */
export function streakOf(weeks: readonly Week[]): number {
  let streak = 0;
  for (const { reached, running } of [...weeks].reverse()) {
    if (reached) streak += 1;
    else if (!running) break;
  }
  return streak;
}

export interface Point {
  day: string;
  value: number;
}

/** The mean of each day. */
export function trendOf(
  sets: readonly SetSeen[],
  exercise: string,
  pick: (set: SetSeen) => number | undefined,
): Point[] {
  const days = new Map<string, number[]>();
  for (const set of sets) {
    const value = set.exercise === exercise ? pick(set) : undefined;
    if (value !== undefined) days.set(set.day, [...(days.get(set.day) ?? []), value]);
  }
  return [...days].map(([day, values]) => ({
    day,
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
  }));
}
