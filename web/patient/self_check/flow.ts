// SPDX-License-Identifier: Apache-2.0
// The steps of a self-assessment. Pure. What answers mean is decided by the engine (care/self_assessment), not here.
import type {
  MeasuredResult,
  Programme,
  SelfAnswers,
  SelfMeasured,
  SelfNotMeasured,
  SelfOutcome,
} from 'reprise-engine';

export type Side = 'left' | 'right';

/** One movement before the camera. */
export interface Film {
  test: string;
  side: Side | undefined;
}

export type Step =
  | { kind: 'flags' }
  | { kind: 'regions' }
  | { kind: 'regionFlags' }
  | { kind: 'pain' }
  | { kind: 'questions' }
  | { kind: 'tests' }
  | { kind: 'film'; number: number }
  | { kind: 'unwell'; test: string }
  | { kind: 'outcome' };

export type Sides = Readonly<Record<string, Side | 'both'>>;

/** The step after one; the outcome as soon as nothing more may be asked or tried. */
export function stepAfter(step: Step, { ended }: Pick<SelfOutcome, 'ended'>, films: number): Step {
  if (ended) return { kind: 'outcome' };
  switch (step.kind) {
    case 'flags':
      return { kind: 'regions' };
    case 'regions':
      return { kind: 'regionFlags' };
    case 'regionFlags':
      return { kind: 'pain' };
    case 'pain':
      return { kind: 'questions' };
    case 'questions':
      return { kind: 'tests' };
    case 'tests':
      return films > 0 ? { kind: 'film', number: 0 } : { kind: 'outcome' };
    case 'film':
      return step.number + 1 < films ? { kind: 'film', number: step.number + 1 } : { kind: 'outcome' };
    default:
      return { kind: 'outcome' };
  }
}

/**
 * Films of the tests that are offered: of two sides, the one that does not hurt first. `hurts`: the side that does, by
 * test.
 */
export const filmsOf = (
  { tests }: Pick<SelfOutcome, 'tests'>,
  isSided: (test: string) => boolean,
  hurts: (test: string) => Side | 'both' | undefined,
): Film[] =>
  tests
    .filter(({ not_offered }) => not_offered === null)
    .flatMap(({ test }): Film[] => {
      if (!isSided(test)) return [{ test, side: undefined }];
      const order: Side[] = hurts(test) === 'left' ? ['right', 'left'] : ['left', 'right'];
      return order.map((side) => ({ test, side }));
    });

/** A count that misses time, or rises, is no number of the test. */
const VOIDS = { too_short: 'short', not_seen: 'unseen' } as const;

/** What a counted test gave; `result` undefined: nothing was measured. */
export function countIn(test: string, result: Pick<MeasuredResult, 'values' | 'warnings'> | undefined): SelfMeasured {
  const codes = (result?.warnings ?? []).map(({ code }) => code);
  const [, why] = Object.entries(VOIDS).find(([code]) => codes.includes(code)) ?? [];
  const count = result?.values.find(({ measure }) => measure === 'repetitions')?.value;
  return countedNow(test, why ? undefined : count, why ?? 'nothing');
}

/** Full stands in 30 s, or why there is no number. */
export const countedNow = (test: string, stands: number | undefined, why: SelfNotMeasured): SelfMeasured => ({
  ...notMeasured(test, undefined, why),
  ...(stands !== undefined && { stands, not_measured: null }),
});

export const notMeasured = (test: string, side: Side | undefined, why: SelfNotMeasured): SelfMeasured => ({
  test,
  side: side ?? null,
  degrees: null,
  uncertainty_deg: null,
  not_measured: why,
});

/** The answers with a movement, in place of an earlier one of the same test and side. */
export const withMeasured = (answers: SelfAnswers, one: SelfMeasured): SelfAnswers => ({
  ...answers,
  measured: [...(answers.measured ?? []).filter(({ test, side }) => test !== one.test || side !== one.side), one],
});

type Limits = Pick<Programme, 'rangeLimits' | 'weightBearing' | 'loadLimit'> &
  Record<'exercises' | 'tests' | 'balance', readonly { helper: boolean }[]>;

/** Whether the clinic limits movement or load, or wants a helper there: no one watches that here. */
export const isLimited = ({ rangeLimits, weightBearing, loadLimit, exercises, tests, balance }: Limits): boolean =>
  rangeLimits.length > 0 ||
  weightBearing !== 'full' ||
  loadLimit !== null ||
  [...exercises, ...tests, ...balance].some(({ helper }) => helper);

/** A hold, also of one exercise, leaves out what the clinic released before it. */
export const releasedIn = ({ holds, selfReleases }: Pick<Programme, 'holds' | 'selfReleases'>) =>
  holds.length > 0 ? [] : selfReleases;

/** A whole number of years as typed; null: nothing typed; undefined: something else. */
export function ageIn(typed: string): number | null | undefined {
  const plain = typed.trim();
  if (plain === '') return null;
  if (!/^\d{1,3}$/.test(plain)) return undefined;
  const years = Number(plain);
  return years >= 2 && years <= 120 ? years : undefined;
}
