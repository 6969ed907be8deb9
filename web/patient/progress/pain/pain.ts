// SPDX-License-Identifier: Apache-2.0
// What the record's answers about pain say over time (docs/reference/programme.md, LOINC 72514-3). Pure.
import type { Observation } from 'fhir/r4';
import { codeOf, dayOf, partIn } from '../../../fhir/results.ts';
import { DAY_MS } from '../../../fhir/durations.ts';
import type { Point } from '../history.ts';

/** Those that are asked for at each session. Pain during an exercise is answered only when it stops one. */
export const PAIN_MOMENTS = ['before', 'after', 'next-morning'] as const;
export type PainMoment = (typeof PAIN_MOMENTS)[number];
export type Pains = Record<PainMoment, Point[]>;

/** The highest of each day, the oldest first. What cannot be read is left out. */
export function painsOf(observations: readonly Observation[]): Pains {
  const days: Record<PainMoment, Map<string, number>> = {
    before: new Map(),
    after: new Map(),
    'next-morning': new Map(),
  };
  for (const observation of observations) {
    const { code, status, effectiveDateTime, valueQuantity } = observation;
    const said = codeOf(partIn(observation, 'moment')?.valueCodeableConcept, 'urn:reprise:moment');
    const moment = PAIN_MOMENTS.find((one) => one === said);
    const value = valueQuantity?.value;
    const at = new Date(effectiveDateTime ?? '');
    const counts =
      status !== 'entered-in-error' && status !== 'cancelled' && codeOf(code, 'http://loinc.org') === '72514-3';
    if (!counts || !moment || value === undefined || !(value >= 0 && value <= 10) || Number.isNaN(at.getTime()))
      continue;
    const of = days[moment];
    of.set(dayOf(at), Math.max(value, of.get(dayOf(at)) ?? 0));
  }
  const listed = (of: Map<string, number>) =>
    [...of].map(([day, value]) => ({ day, value })).sort((a, b) => (a.day < b.day ? -1 : 1));
  return {
    before: listed(days.before),
    after: listed(days.after),
    'next-morning': listed(days['next-morning']),
  };
}

/** Two weeks are held against the two weeks before them. Unsourced default. */
export const PERIOD_DAYS = 14;
/** Days with an answer that a period needs: fewer say little. Unsourced default. */
const LEAST_DAYS = 3;
/** The least difference that is called a change: docs/sources.md, K1 to K3. */
export const LEAST_CHANGE = 2;

/** The middle of the answers; of an even number the two that are nearest to it. */
export interface Middle {
  low: number;
  high: number;
}

export interface PainSummary {
  last: Point;
  /** Of the last two weeks; absent where there are too few days. */
  now?: Middle;
  /** Of the two weeks before; absent also where `now` is. */
  before?: Middle;
  change?: 'less' | 'more' | 'same';
}

function middleOf(points: readonly Point[]): Middle | undefined {
  if (points.length < LEAST_DAYS) return undefined;
  const values = points.map(({ value }) => value).sort((a, b) => a - b);
  const half = values.length / 2;
  const [low, high] = [values[Math.ceil(half) - 1], values[Math.floor(half)]];
  return low === undefined || high === undefined ? undefined : { low, high };
}

const centerOf = ({ low, high }: Middle) => (low + high) / 2;

/** Nothing where there was no answer. */
export function summaryOf(points: readonly Point[], today: Date): PainSummary | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  // At noon, so that a change of the clock moves no day.
  const noon = new Date(today.getFullYear(), today.getMonth(), today.getDate(), 12).getTime();
  const first = (periods: number) => dayOf(new Date(noon - (periods * PERIOD_DAYS - 1) * DAY_MS));
  const [from, begin] = [first(1), first(2)];
  const now = middleOf(points.filter(({ day }) => day >= from));
  const before = now && middleOf(points.filter(({ day }) => day >= begin && day < from));
  if (!now || !before) return { last, ...(now && { now }) };
  const by = centerOf(now) - centerOf(before);
  const change = Math.abs(by) < LEAST_CHANGE ? 'same' : by < 0 ? 'less' : 'more';
  return { last, now, before, change };
}

/** A line is not drawn over more days than this without an answer. Unsourced default. */
const LONGEST_GAP_DAYS = 10;

/** The points in pieces, broken where there was no answer for long. */
export function piecesOf(points: readonly Point[]): Point[][] {
  const pieces: Point[][] = [];
  let before: Point | undefined;
  for (const point of points) {
    const apart = before ? Date.parse(point.day) - Date.parse(before.day) : Infinity;
    if (apart > LONGEST_GAP_DAYS * DAY_MS) pieces.push([]);
    pieces.at(-1)?.push(point);
    before = point;
  }
  return pieces;
}
