// SPDX-License-Identifier: Apache-2.0
// Values over time out of a record's Observations: docs/clinician/app.md, "Trends". Pure.
import type { Observation, Procedure } from 'fhir/r4';
import type { Stored } from '../../fhir/resources.ts';
import { codeIn, codeOf, dayOf, exerciseIn, partIn } from '../../fhir/results.ts';
import {
  isDrawnTogether,
  PARTS,
  SENSED,
  SENSED_KINDS,
  sensedIn,
  singlesIn,
  type Sensed,
  type SensedKind,
  type SensedValue,
} from '../../fhir/sensed.ts';
import { codesOf } from '../../fhir/methods.ts';
import { sideIn } from './records.ts';

/** The reason why a value is listed but not drawn. */
export type Trouble = 'implausible' | 'unit' | 'future';

export interface Point {
  /** Milliseconds. */
  at: number;
  value: number;
  /** Half width. */
  uncertainty?: number;
  /** Id of the Procedure. */
  set?: string | undefined;
  /** Id of the Observation. */
  observation?: string | undefined;
  trouble?: Trouble | undefined;
}

export type Side = 'left' | 'right';
export const MOMENTS = ['before', 'during', 'after', 'next-morning', 'unsaid'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface SetDone {
  id: string;
  exercise: string;
  /** The name in the record. */
  name: string | undefined;
  side: Side | undefined;
  at: number;
  /** YYYY-MM-DD in the reader's time zone. */
  day: string;
  /** YYYY-MM-DD in the patient's time zone. */
  ownDay: string;
  complete: boolean;
  /** Its time is in the future, because some clock is wrong. */
  ahead: boolean;
  request: string | undefined;
}

export interface RangeSeries {
  exercise: string;
  name: string | undefined;
  side: Side | undefined;
  /** `urn:reprise:measure`. */
  measure: string | undefined;
  unit: 'degree' | 'ratio';
  rising: boolean;
  /** A ceiling applied to the newest value: the points are means, not bests. */
  limited: boolean;
  points: Point[];
}

/** A measure of sensors over time, with a line for each side. */
export interface SensedSeries {
  kind: SensedKind;
  measure: Sensed;
  /** Undefined: of the whole, or of several parts that are drawn together. */
  part: string | undefined;
  /** A code of fhir/methods.ts. */
  method: string | undefined;
  unit: string;
  lines: { side: Side | undefined; part?: string; points: Point[] }[];
}

export interface Series {
  sets: SetDone[];
  ranges: RangeSeries[];
  /** By exercise. */
  quality: Map<string, Point[]>;
  pain: Map<Moment, Point[]>;
  effort: Point[];
  /** By code: `score:ID` or a LOINC code. */
  scores: Map<string, { name: string; points: Point[] }>;
  /** By kind and measure, in the order of a report. */
  sensed: SensedSeries[];
}

/** The limits of plausible values. Unsourced defaults. */
const LIMITS = { degree: [-200, 200], ratio: [-5, 5], pain: [0, 10], effort: [0, 10], quality: [0, 100] } as const;
const WIDEST = { degree: 90, ratio: 5 } as const;
/** A clock may be a little fast. */
const AHEAD_MS = 15 * 60_000;

const within = (value: number, [least, most]: readonly [number, number]) =>
  Number.isFinite(value) && value >= least && value <= most;
const timeOf = ({ effectiveDateTime, effectivePeriod }: Observation) =>
  Date.parse(effectiveDateTime ?? effectivePeriod?.start ?? '');
const counts = ({ status }: { status?: string | undefined }) => status !== 'entered-in-error' && status !== 'cancelled';

/** The oldest first. */
export function setsDone(procedures: readonly Stored<Procedure>[], now: number): SetDone[] {
  return procedures
    .flatMap((procedure): SetDone[] => {
      const { id, status, code, bodySite, performedPeriod, basedOn } = procedure;
      const exercise = exerciseIn(procedure);
      const at = Date.parse(performedPeriod?.start ?? '');
      if (!exercise || Number.isNaN(at) || !counts(procedure) || status === 'not-done') return [];
      const request = basedOn
        ?.find(({ reference }) => reference?.startsWith('ServiceRequest/'))
        ?.reference?.slice('ServiceRequest/'.length);
      return [
        {
          id,
          exercise,
          name: code?.text,
          side: sideIn(bodySite),
          at,
          day: dayOf(new Date(at)),
          ownDay: (performedPeriod?.start ?? '').slice(0, 10),
          complete: status === 'completed',
          ahead: at > now + AHEAD_MS,
          request,
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
}

function pointOf(
  observation: Observation,
  now: number,
  limits: readonly [number, number] | undefined,
  unitIsRight = true,
): Point | undefined {
  const value = observation.valueQuantity?.value ?? observation.valueInteger;
  const at = timeOf(observation);
  if (value === undefined || Number.isNaN(at) || !counts(observation)) return undefined;
  const trouble: Trouble | undefined = !unitIsRight
    ? 'unit'
    : limits && !within(value, limits)
      ? 'implausible'
      : at > now + AHEAD_MS
        ? 'future'
        : undefined;
  return { at, value, ...(observation.id && { observation: observation.id }), ...(trouble && { trouble }) };
}

const unitOf = (code: string | undefined) => (code === 'deg' ? 'degree' : code === '1' ? 'ratio' : undefined);

interface Measured {
  set: SetDone;
  observation: Observation;
  side: Side | undefined;
  limited: boolean;
}

/** A series' unit is that of its newest value that has one. */
function rangeSeries(measured: readonly Measured[], now: number): RangeSeries | undefined {
  const newest = measured.findLast(({ observation }) => unitOf(observation.valueQuantity?.code) !== undefined);
  const { set, observation, side, limited } = newest ?? measured.at(-1) ?? {};
  if (!set || !observation) return undefined;
  const unit = unitOf(observation.valueQuantity?.code) ?? 'degree';
  const from = partIn(observation, 'from')?.valueQuantity?.value;
  const points = measured.flatMap((one): Point[] => {
    const point = pointOf(one.observation, now, LIMITS[unit], unitOf(one.observation.valueQuantity?.code) === unit);
    const wide = partIn(one.observation, 'uncertainty')?.valueQuantity?.value;
    if (!point) return [];
    const odd = wide !== undefined && !within(wide, [0, WIDEST[unit]]);
    return [
      {
        ...point,
        set: one.set.id,
        ...(wide !== undefined && { uncertainty: wide }),
        ...(odd && !point.trouble && { trouble: 'implausible' as const }),
      },
    ];
  });
  return {
    exercise: set.exercise,
    name: set.name,
    side,
    unit,
    points,
    limited: limited ?? false,
    measure: codeOf(observation.code, 'urn:reprise:measure'),
    rising: from === undefined || (observation.valueQuantity?.value ?? 0) >= from,
  };
}

const placeOf = ({ exercise, side, measure }: RangeSeries) => [exercise, side ?? '', measure ?? ''].join('|');

const LOINC = 'http://loinc.org';
const byTime = (a: Point, b: Point) => a.at - b.at;

function push<K>(all: Map<K, Point[]>, key: K, point: Point | undefined) {
  if (!point) return;
  const points = all.get(key);
  if (points) points.push(point);
  else all.set(key, [point]);
}

interface SensedOne {
  value: SensedValue;
  observation: Observation;
  side: Side | undefined;
}

/** A series has one method, and the unit of its newest value. */
function sensedSeries(all: readonly SensedOne[], now: number): SensedSeries[] {
  const grouped = new Map<string, SensedOne[]>();
  const methods = codesOf(all.map(({ observation }) => observation.method));
  for (const [i, one] of all.entries()) {
    const { kind, measure, part } = one.value;
    const key = [kind, measure, isDrawnTogether(part) ? '' : (part ?? ''), methods[i] ?? ''].join('|');
    // Live values may be thousands.
    const group = grouped.get(key);
    if (group) group.push(one);
    else grouped.set(key, [one]);
  }
  const series = [...grouped].map(([key, group]): SensedSeries => {
    const ordered = [...group].sort((a, b) => timeOf(a.observation) - timeOf(b.observation));
    const newest = ordered.at(-1)?.value ?? group[0]?.value;
    const parts = [...new Set(ordered.map(({ value }) => value.part))];
    const together = parts.some(isDrawnTogether);
    const lines = (together ? [undefined, ...PARTS] : [parts[0]]).flatMap((part) =>
      ([undefined, 'left', 'right'] as const).flatMap((side) => {
        const points = ordered.flatMap((one): Point[] => {
          const isOf = one.side === side && one.value.part === part;
          const point = isOf && pointOf(one.observation, now, undefined, one.value.unit === newest?.unit);
          const { uncertainty } = one.value;
          return point ? [{ ...point, ...(uncertainty !== undefined && { uncertainty }) }] : [];
        });
        return points.length > 0 ? [{ side, ...(together && part && { part }), points }] : [];
      }),
    );
    const { kind = 'gait', measure = 'steps', part, unit = '' } = newest ?? {};
    const method = key.slice(key.lastIndexOf('|') + 1) || undefined;
    return { kind, measure, part: together ? undefined : part, method, unit, lines };
  });
  const order = ({ kind, measure, part }: SensedSeries) =>
    SENSED_KINDS.indexOf(kind) * 1000 + SENSED.indexOf(measure) + (part ? 0.5 : 0);
  return series.filter(({ lines }) => lines.length > 0).sort((a, b) => order(a) - order(b));
}

/**
 * Sorts the observations, given in any order, into series. Leaves out ranges and quality of unknown sets, but keeps the
 * answers to questions.
 */
export function seriesOf(
  procedures: readonly Stored<Procedure>[],
  observations: readonly Observation[],
  now: number,
): Series {
  const sets = setsDone(procedures, now);
  const byId = new Map(sets.map((set) => [`Procedure/${set.id}`, set]));
  const ranges = new Map<string, Measured[]>();
  const sensed: SensedOne[] = [];
  const result: Series = {
    sets,
    ranges: [],
    quality: new Map(),
    pain: new Map(),
    effort: [],
    scores: new Map(),
    sensed: [],
  };
  for (const observation of observations) {
    const code = codeIn(observation.code);
    const values = singlesIn(observation).flatMap((single): SensedOne[] => {
      const value = sensedIn(single);
      const { bodySite } = observation;
      return value ? [{ value, observation: single, side: sideIn(bodySite ? [bodySite] : undefined) }] : [];
    });
    if (values.length > 0) {
      sensed.push(...values);
      continue;
    }
    const set = byId.get(observation.partOf?.[0]?.reference ?? '');
    if (codeOf(observation.code, LOINC) === '72514-3') {
      const said = codeOf(partIn(observation, 'moment')?.valueCodeableConcept, 'urn:reprise:moment');
      const moment = MOMENTS.find((one) => one === said) ?? 'unsaid';
      push(result.pain, moment, pointOf(observation, now, LIMITS.pain));
    } else if (code === 'effort') {
      const point = pointOf(observation, now, LIMITS.effort);
      if (point) result.effort.push(point);
    } else if (code === 'movement-quality') {
      const point = pointOf(observation, now, LIMITS.quality);
      // Whole points, as everywhere: more it does not tell (docs/clinician/rules.md).
      if (set && point) push(result.quality, set.exercise, { ...point, value: Math.round(point.value), set: set.id });
    } else if (code === 'best-range' || code === 'mean-range' || code === 'muscle-activity') {
      if (!set) continue;
      const side = sideIn(observation.bodySite ? [observation.bodySite] : undefined) ?? set.side;
      // A muscle's tension stands beside the exercise's own range.
      const key = `${set.exercise}|${side ?? ''}|${code === 'muscle-activity' ? 'muscle' : ''}`;
      const one = { set, observation, side, limited: code === 'mean-range' };
      const before = ranges.get(key);
      if (before) before.push(one);
      else ranges.set(key, [one]);
    } else {
      const scored = code?.startsWith('score:') ? code : codeOf(observation.code, LOINC);
      const point = scored && pointOf(observation, now, undefined);
      if (!scored || !point) continue;
      const score = result.scores.get(scored) ?? {
        name: observation.code?.text ?? observation.code?.coding?.[0]?.display ?? scored,
        points: [],
      };
      score.points.push(point);
      result.scores.set(scored, score);
    }
  }
  result.sensed = sensedSeries(sensed, now);
  result.ranges = [...ranges.values()]
    .flatMap((measured) => {
      const ordered = measured.sort((a, b) => timeOf(a.observation) - timeOf(b.observation));
      return rangeSeries(ordered, now) ?? [];
    })
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  for (const points of [
    ...result.quality.values(),
    ...result.pain.values(),
    result.effort,
    ...[...result.scores.values()].map(({ points: all }) => all),
  ])
    points.sort(byTime);
  return result;
}

/** Returns the points that may be drawn and used in calculations. */
export const sound = (points: readonly Point[]) => points.filter(({ trouble }) => trouble === undefined);
