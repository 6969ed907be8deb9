// SPDX-License-Identifier: Apache-2.0
// Computes the progress of a goal from the measured values: docs/clinician/app.md, "Goals". Pure.
import type { Coding, Goal, GoalTarget } from 'fhir/r4';
import { doubtOf } from '../../fhir/amount.ts';
import { codeOf, dayOf, OBSERVATION } from '../../fhir/results.ts';
import { extensionOf } from './records.ts';
import { MOMENTS, sound, type Moment, type Point, type RangeSeries, type Series, type Side } from './series.ts';

export const LOINC = 'http://loinc.org';
const MEASURE = 'urn:reprise:measure';
const MOMENT = 'urn:reprise:moment';
const PAIN = '72514-3';
export const GOAL_EXERCISE = 'urn:reprise:exercise';
export const GOAL_SIDE = 'urn:reprise:side';
const UNITS = 'http://unitsofmeasure.org';

/** A repeated measurement that can have a goal. */
export interface Measurable {
  key: string;
  kind: 'range' | 'quality' | 'pain' | 'effort' | 'score';
  name?: string | undefined;
  exercise?: string | undefined;
  side?: Side | undefined;
  measure?: string | undefined;
  /** The moment of the question, of pain only. */
  moment?: Moment | undefined;
  coding: Coding[];
  /** The UCUM unit of the Observations. */
  unit: string;
  /** True: higher is better. */
  rising: boolean;
  points: readonly Point[];
}

const own = (code: string): Coding[] => [{ system: OBSERVATION, code }];
const SCORE = '{score}';

const ofRange = ({ exercise, name, side, measure, unit, rising, limited, points }: RangeSeries): Measurable => ({
  key: `range|${exercise}|${side ?? ''}`,
  kind: 'range',
  name,
  exercise,
  side,
  measure,
  rising,
  points,
  unit: unit === 'degree' ? 'deg' : '1',
  coding: [...own(limited ? 'mean-range' : 'best-range'), ...(measure ? [{ system: MEASURE, code: measure }] : [])],
});

export function measurablesOf({ ranges, quality, pain, effort, scores, sets }: Series): Measurable[] {
  return [
    // More tension is no goal: its target is prescribed.
    ...ranges.filter(({ measure }) => measure !== 'muscle_activity').map(ofRange),
    // Pain before exercising is another thing than pain after it.
    ...MOMENTS.map(
      (moment): Measurable => ({
        key: `pain|${moment}`,
        kind: 'pain',
        moment,
        coding: [
          { system: LOINC, code: PAIN },
          { system: MOMENT, code: moment },
        ],
        unit: SCORE,
        rising: false,
        points: pain.get(moment) ?? [],
      }),
    ),
    ...[...quality].map(
      ([exercise, points]): Measurable => ({
        key: `quality|${exercise}`,
        kind: 'quality',
        exercise,
        name: sets.find((set) => set.exercise === exercise)?.name,
        coding: own('movement-quality'),
        unit: SCORE,
        rising: true,
        points,
      }),
    ),
    { key: 'effort', kind: 'effort', coding: own('effort'), unit: SCORE, rising: false, points: effort },
    ...[...scores].map(
      ([code, { name, points }]): Measurable => ({
        key: `score|${code}`,
        kind: 'score',
        name,
        coding: [{ system: code.startsWith('score:') ? OBSERVATION : LOINC, code }],
        unit: SCORE,
        rising: true,
        points,
      }),
    ),
  ];
}

export const exerciseOf = (target: GoalTarget) =>
  extensionOf(target, GOAL_EXERCISE)
    ?.valueCanonical?.replace(/^urn:reprise:exercise:/, '')
    .replace(/\|.*$/, '');

/** Returns the measurements of a target; several if it names no exercise. */
export function measuredBy(target: GoalTarget, all: readonly Measurable[]): Measurable[] {
  const [named, measure, loinc] = [
    codeOf(target.measure, OBSERVATION),
    codeOf(target.measure, MEASURE),
    codeOf(target.measure, LOINC),
  ];
  const [exercise, side] = [exerciseOf(target), extensionOf(target, GOAL_SIDE)?.valueCode];
  const moment = codeOf(target.measure, MOMENT);
  const range = named === 'best-range' || named === 'mean-range' || (named === undefined && measure !== undefined);
  return all.filter((one) => {
    if ((exercise !== undefined && one.exercise !== exercise) || (side !== undefined && one.side !== side))
      return false;
    if (one.kind === 'pain') return loinc === PAIN && one.moment === moment;
    // A goal applies to the best and to the mean range.
    if (range) return one.kind === 'range' && (measure === undefined || one.measure === measure);
    return one.coding.some(
      ({ system, code }) =>
        code !== undefined && ((system === OBSERVATION && code === named) || (system === LOINC && code === loinc)),
    );
  });
}

/**
 * The number of days with a value whose median counts, at the beginning and now: a single day says little. Unsourced
 * default.
 */
const DAYS = 3;

export interface Progress {
  first: number;
  now: number;
  /** The time of the newest value. */
  at: number;
  uncertainty: number | undefined;
  target: number;
  /** The share of the way from first to target, 0 to 1. */
  share: number;
  reached: boolean;
  /** The target lies within the newest value's uncertainty. */
  unsure: boolean;
  rising: boolean;
  unit: string;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

function dayValues(measured: readonly Measurable[], from: number, farthest: (a: number, b: number) => number): Point[] {
  const days = new Map<string, Point>();
  for (const point of measured.flatMap(({ points }) => sound(points)).filter(({ at }) => at >= from)) {
    const day = dayOf(new Date(point.at));
    const before = days.get(day);
    if (!before || farthest(point.value, before.value) === point.value) days.set(day, point);
  }
  return [...days.values()].sort((a, b) => a.at - b.at);
}

export type NoProgress = 'not-measured' | 'nothing-yet' | 'unit' | 'moment';

export interface Change {
  first: number;
  now: number;
  from: number;
  at: number;
  uncertainty: number | undefined;
  uncertaintyAtFirst: number | undefined;
  days: number;
}

/** One value a day: of pain and effort the highest, of all else the best. */
export function dailyOf(measured: readonly Measurable[], from: number, rising: boolean): Point[] {
  const [kind] = measured.map((one) => one.kind);
  return dayValues(measured, from, kind === 'pain' || kind === 'effort' || rising ? Math.max : Math.min);
}

/** Returns the change from the first to the last days; undefined if there is no value. */
export function changeOf(measured: readonly Measurable[], from: number, rising: boolean): Change | undefined {
  const days = dailyOf(measured, from, rising);
  const [begin, end] = [days.slice(0, DAYS), days.slice(-DAYS)];
  const [first, now] = [median(begin.map(({ value }) => value)), median(end.map(({ value }) => value))];
  const [oldest, newest] = [days[0], days.at(-1)];
  return first === undefined || now === undefined || !oldest || !newest
    ? undefined
    : {
        first,
        now,
        from: oldest.at,
        at: newest.at,
        uncertainty: newest.uncertainty,
        uncertaintyAtFirst: oldest.uncertainty,
        days: days.length,
      };
}

/**
 * Checks if the uncertainty is at least as large as the target and the change within it. A line would show only noise.
 */
export function isSwamped(points: readonly Point[], target: number | undefined, change: Change | undefined): boolean {
  const wide = sound(points)
    .flatMap(({ uncertainty }) => uncertainty ?? [])
    .sort((a, b) => a - b);
  const usual = wide[Math.floor(wide.length / 2)];
  if (target === undefined || usual === undefined || !change || usual < Math.abs(target)) return false;
  const doubt = doubtOf(change.uncertainty, change.uncertaintyAtFirst);
  return doubt !== undefined && Math.abs(change.now - change.first) <= doubt;
}

/** Returns the progress of a goal's first target, or the reason why it is unknown. */
export function progressOf(goal: Goal, all: readonly Measurable[]): Progress | NoProgress {
  const target = goal.target?.[0];
  const value = target?.detailQuantity?.value;
  if (!target || value === undefined) return 'not-measured';
  if (codeOf(target.measure, LOINC) === PAIN && codeOf(target.measure, MOMENT) === undefined) return 'moment';
  const measured = measuredBy(target, all);
  const [first] = measured;
  if (!first) return target.measure ? 'nothing-yet' : 'not-measured';
  const { code, system, comparator } = target.detailQuantity ?? {};
  if (code === undefined || (system !== undefined && system !== UNITS) || code !== first.unit) return 'unit';
  const rising = comparator ? comparator.startsWith('>') : first.rising;
  const change = changeOf(
    measured.filter(({ unit }) => unit === first.unit),
    Date.parse(goal.startDate ?? '') || -Infinity,
    rising,
  );
  if (!change) return 'nothing-yet';
  const { first: begin, now, at, uncertainty } = change;
  const reached = rising ? now >= value : now <= value;
  const way = value - begin;
  const share = reached
    ? 1
    : way === 0 || Math.sign(way) !== (rising ? 1 : -1)
      ? 0
      : Math.max(0, Math.min(1, (now - begin) / way));
  return {
    first: begin,
    now,
    at,
    uncertainty,
    target: value,
    share,
    reached,
    rising,
    unit: first.unit,
    unsure: uncertainty !== undefined && Math.abs(now - value) <= uncertainty,
  };
}

/** `rising`: the target is reached from below. */
export interface GoalDraft {
  words: string;
  measurable: Measurable | undefined;
  rising: boolean;
  value: number | undefined;
  due: string;
  start: string;
}

/** Returns the resource of a goal. `before`: the changed resource; it keeps its other elements. */
export function goalOf(
  patient: string,
  { words, measurable, rising, value, due, start }: GoalDraft,
  before?: Goal,
): Goal & { resourceType: 'Goal' } {
  const { target: _, ...kept } = before ?? {};
  return {
    ...kept,
    resourceType: 'Goal',
    lifecycleStatus: before?.lifecycleStatus ?? 'active',
    description: { text: words },
    subject: { reference: `Patient/${patient}` },
    startDate: start,
    target: [
      {
        ...(measurable &&
          value !== undefined && {
            ...(measurable.exercise && {
              extension: [
                { url: GOAL_EXERCISE, valueCanonical: `urn:reprise:exercise:${measurable.exercise}` },
                ...(measurable.side ? [{ url: GOAL_SIDE, valueCode: measurable.side }] : []),
              ],
            }),
            measure: { coding: measurable.coding },
            detailQuantity: {
              value,
              comparator: rising ? '>=' : '<=',
              unit: measurable.unit,
              system: UNITS,
              code: measurable.unit,
            },
          }),
        ...(due && { dueDate: due }),
      },
    ],
  };
}
