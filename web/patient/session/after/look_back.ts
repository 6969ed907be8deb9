// SPDX-License-Identifier: Apache-2.0
// A look back on an exercise when its sets are done: one success, one thing to try, and a comparison with the last
// time. Empty where nothing is certain. Thresholds are unsourced defaults, not clinically reviewed. Pure.
import { amountIn, doubtOf, shownDifference, shownValue, unitCode } from '../../../fhir/amount.ts';
import { DAY_MS } from '../../../fhir/durations.ts';
import type { ExerciseDone, SetDone } from '../flow.ts';
import type { Farthest } from './looked_at.ts';

/** With fewer repetitions, nothing is said of their form or pace. */
const ENOUGH = 4;
/** A fault that came so often, and then no more, was corrected. */
const OFTEN = 2;
/** As shares of the mean: so much varied a pace that was uneven, and so little one that is even. */
const UNEVEN = 0.18;
const EVEN = 0.1;
/** Below this quality nothing is called good form. */
const FAIR = 65;
const HIGH = 85;
/** Between the live count of a hold's seconds and their measurement. */
const HOLD_SLACK_S = 0.25;
/** A weekday names one of so many days. */
const WEEK_DAYS = 6;

export type Well =
  /** `rule` was broken so often in the first set, and never in the last. */
  | { kind: 'corrected'; rule: string; times: number }
  | { kind: 'form'; count: number }
  | { kind: 'holds'; count: number; seconds: number }
  /** Seconds of the quickest and the slowest repetition, in the last set and in the first. */
  | { kind: 'steadier'; from: number; to: number; firstFrom: number; firstTo: number }
  | { kind: 'steady'; from: number; to: number }
  | { kind: 'full'; count: number; sets: number };

export interface Try {
  rule: string;
  count: number;
  of: number;
}

/**
 * Farther than the last time, and by more than both values' error. Not of a hold: a plank is no better if it is deeper.
 */
export interface Farther {
  by: string;
  doubt: string;
  day: string;
  /** Within a week, so that its name says which day it was. */
  recent: boolean;
}

export interface LookBack {
  well: Well | null;
  attempt: Try | null;
  farther: Farther | null;
  quality: QualityLevel | null;
}

export interface Wanted {
  sets: number;
  repetitions: number;
  hold_s: number | null;
  isHold: boolean;
  /** Of the programme or the exercise: nothing is compared or called best. */
  hasCeiling: boolean;
}

/** The last time that the same request was done, on an earlier day. */
export interface LastTime extends Farthest {
  day: string;
}

export type QualityLevel = 'high' | 'fair' | 'low';

/** The mean of the sets that were judged, by repetitions. */
export function meanQuality(sets: readonly SetDone[]): number | null {
  const judged = sets.flatMap(({ quality, count }) => (quality === null || count === 0 ? [] : [{ quality, count }]));
  const all = judged.reduce((sum, { count }) => sum + count, 0);
  return all === 0 ? null : judged.reduce((sum, { quality, count }) => sum + quality * count, 0) / all;
}

/** By the number that is shown. */
export function levelOf(quality: number | null): QualityLevel | null {
  if (quality === null) return null;
  const shown = Math.round(quality);
  return shown >= HIGH ? 'high' : shown >= FAIR ? 'fair' : 'low';
}

/** Not the highest while a fault is left that came often. */
export function qualityOf(sets: readonly SetDone[]): QualityLevel | null {
  const level = levelOf(meanQuality(sets));
  return level === 'high' && attemptIn(sets) !== null ? 'fair' : level;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variation = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))) / mean(values);
const tenths = (value: number) => shownValue(value, '{score}');
const ends = (values: readonly number[]) => [tenths(Math.min(...values)), tenths(Math.max(...values))] as const;

/** Of the sets that were watched. */
const watched = (sets: readonly SetDone[]) => sets.flatMap(({ looked }) => (looked ? [looked] : []));

function corrected(sets: readonly SetDone[]): Well | null {
  const seen = watched(sets).filter(({ judged }) => judged > 0);
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || first === last || first.judged < ENOUGH || last.judged < ENOUGH) return null;
  const rules = Object.entries(first.faults)
    .filter(([rule, times]) => times >= OFTEN && !last.faults[rule])
    .sort(([, a], [, b]) => b - a);
  const [rule, times] = rules[0] ?? [];
  return rule === undefined || times === undefined ? null : { kind: 'corrected', rule, times };
}

function form(sets: readonly SetDone[]): Well | null {
  const seen = watched(sets);
  const quality = meanQuality(sets);
  const [judged, clean] = [
    seen.reduce((sum, one) => sum + one.judged, 0),
    seen.reduce((sum, one) => sum + one.clean, 0),
  ];
  const faulty = seen.some(({ faults }) => Object.keys(faults).length > 0);
  if (faulty || judged < ENOUGH || clean < judged || (quality !== null && levelOf(quality) === 'low')) return null;
  return { kind: 'form', count: judged };
}

function holds(sets: readonly SetDone[], { isHold, hold_s }: Wanted): Well | null {
  const lasted = watched(sets).flatMap(({ lasted_s }) => lasted_s);
  if (!isHold || hold_s === null || lasted.length === 0 || lasted.some((held) => held < hold_s - HOLD_SLACK_S))
    return null;
  return { kind: 'holds', count: lasted.length, seconds: hold_s };
}

function pace(sets: readonly SetDone[], { isHold }: Wanted): Well | null {
  const paces = watched(sets)
    .map(({ lasted_s }) => lasted_s)
    .filter((lasted) => lasted.length >= ENOUGH && lasted.every((one) => one > 0));
  const [first, last] = [paces[0], paces.at(-1)];
  if (isHold || !first || !last) return null;
  const [from, to] = ends(last);
  if (first !== last && variation(first) >= UNEVEN && variation(last) <= 0.6 * variation(first)) {
    const [firstFrom, firstTo] = ends(first);
    if (to - from < firstTo - firstFrom) return { kind: 'steadier', from, to, firstFrom, firstTo };
  }
  return paces.every((lasted) => variation(lasted) <= EVEN) ? { kind: 'steady', from, to } : null;
}

function full(sets: readonly SetDone[], wanted: Wanted): Well | null {
  const whole = sets.filter(({ count }) => count >= wanted.repetitions);
  if (whole.length < wanted.sets || whole.length < sets.length) return null;
  return { kind: 'full', count: sets.reduce((sum, { count }) => sum + count, 0), sets: sets.length };
}

/** The fault that is left in the last set that was judged. */
function attemptIn(sets: readonly SetDone[]): Try | null {
  const last = watched(sets).findLast(({ judged }) => judged > 0);
  const [rule, count] = Object.entries(last?.faults ?? {}).sort(([, a], [, b]) => b - a)[0] ?? [];
  if (!last || rule === undefined || count === undefined || count < OFTEN) return null;
  return { rule, count, of: Math.max(count, last.judged) };
}

const daysBetween = (from: string, to: string) =>
  Math.round((new Date(`${to}T12:00`).getTime() - new Date(`${from}T12:00`).getTime()) / DAY_MS);

/** `today`: YYYY-MM-DD. */
export function fartherThan(sets: readonly SetDone[], last: LastTime | undefined, today: string): Farther | null {
  const all = watched(sets).flatMap(({ farthest }) => (farthest ? [farthest] : []));
  const [first] = all;
  if (!first || !last || !(last.day < today)) return null;
  if (all.some(({ method, unit, rising }) => method !== last.method || unit !== last.unit || rising !== last.rising))
    return null;
  // A ratio is no number that a patient can imagine.
  if (last.unit !== 'degree') return null;
  const best = all.reduce((a, b) => (b.value > a.value === b.rising ? b : a));
  const code = unitCode(best.unit);
  const by = shownDifference(last.value, best.value, code) * (best.rising ? 1 : -1);
  const doubt = doubtOf(best.uncertainty, last.uncertainty);
  // By the number that is shown: an error is rounded up, never down.
  if (doubt === undefined || !(by > Math.ceil(doubt))) return null;
  const days = daysBetween(last.day, today);
  return {
    by: amountIn(by, code),
    doubt: amountIn(Math.ceil(doubt), code),
    day: last.day,
    recent: days >= 1 && days <= WEEK_DAYS,
  };
}

const NOTHING: LookBack = { well: null, attempt: null, farther: null, quality: null };

/** Whether it was ended because of pain, or by the patient, or hurt more than before exercising. */
export const ranCalmly = ({ state, hurtAt, pains = [] }: ExerciseDone, painBefore: number | undefined) =>
  state === 'done' && hurtAt === undefined && pains.every((pain) => painBefore !== undefined && pain <= painBefore);

interface Around {
  painBefore: number | undefined;
  last: LastTime | undefined;
  today: string;
}

export function lookBack(done: ExerciseDone, wanted: Wanted, { painBefore, last, today }: Around): LookBack {
  const { sets } = done;
  if (done.hurtAt !== undefined || done.state === 'stopped' || sets.length === 0) return NOTHING;
  return {
    well: corrected(sets) ?? form(sets) ?? holds(sets, wanted) ?? pace(sets, wanted) ?? full(sets, wanted),
    attempt: attemptIn(sets),
    farther: wanted.hasCeiling || wanted.isHold || !ranCalmly(done, painBefore) ? null : fartherThan(sets, last, today),
    quality: qualityOf(sets),
  };
}

/** Whether there is more to show than the count, which the patient has just heard. */
export const isWorthAScreen = ({ well, attempt, farther, quality }: LookBack) =>
  attempt !== null || farther !== null || quality !== null || (well !== null && well.kind !== 'full');
