// How much of what the programme asks for was done. Pure.
import type { Prescription } from './prescription.ts';
import type { SetDone } from './series.ts';

/** How many sets are asked for on an average day, and in a week, by exercise. */
export interface Asked { perDay: number; perWeek: Map<string, number> }

export function askedOf(prescription: Prescription | undefined): Asked | undefined {
  if (!prescription || prescription.exercises.length === 0) return undefined;
  const perWeek = new Map<string, number>();
  for (const { order } of prescription.exercises) perWeek.set(order.id, (perWeek.get(order.id) ?? 0) + order.sets * order.daysPerWeek);
  return { perWeek, perDay: [...perWeek.values()].reduce((sum, sets) => sum + sets, 0) / 7 };
}

export interface WeekDone {
  /** Its Monday, in milliseconds at noon. */
  at: number;
  done: number;
  asked: number;
  /** Of what is asked for now; more than asked of one exercise makes up for nothing of another. */
  percent: number;
  running: boolean;
}

const DAY_MS = 24 * 3600_000;

/** The Monday of a moment's week at noon, so that a change of the clock moves no day. */
function mondayOf(at: number): number {
  const moment = new Date(at);
  const noon = new Date(moment.getFullYear(), moment.getMonth(), moment.getDate(), 12);
  return new Date(noon.getFullYear(), noon.getMonth(), noon.getDate() - ((noon.getDay() + 6) % 7), 12).getTime();
}

/** Whole weeks from that of `from` to that of `now`; measured by what is asked for now. */
export function weeksDone(sets: readonly SetDone[], { perWeek }: Asked, from: number, now: number): WeekDone[] {
  const byWeek = new Map<number, Map<string, number>>();
  for (const { at, exercise, ahead } of sets) {
    if (ahead) continue;
    const week = mondayOf(at);
    const done = byWeek.get(week) ?? new Map<string, number>();
    done.set(exercise, (done.get(exercise) ?? 0) + 1);
    byWeek.set(week, done);
  }
  const asked = [...perWeek.values()].reduce((sum, one) => sum + one, 0);
  const weeks: WeekDone[] = [];
  for (let at = mondayOf(from); at <= now; at = mondayOf(at + 7 * DAY_MS)) {
    const done = byWeek.get(at) ?? new Map<string, number>();
    const counted = [...perWeek].reduce((sum, [exercise, most]) => sum + Math.min(most, done.get(exercise) ?? 0), 0);
    weeks.push({ at, asked, done: [...done.values()].reduce((sum, one) => sum + one, 0), percent: asked === 0 ? 0 : (100 * counted) / asked, running: at === mondayOf(now) });
  }
  return weeks;
}
