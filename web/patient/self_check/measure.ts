// SPDX-License-Identifier: Apache-2.0
// One movement before the camera, summed up: the numbers of the screen, and what the record may get.
import type { MeasuredResult, Reprise, SelfMeasured } from 'reprise-engine';
import type { FilmState } from '../../coach/range/film.ts';
import type { RangeTest } from '../../coach/range/range_tests.ts';
import type { CountedDone } from '../../coach/function/use_counted.ts';
import { countIn, notMeasured, type Side } from './flow.ts';

type Filmed = Extract<FilmState, { kind: 'done' }>;

export interface MeasuredFilm {
  one: SelfMeasured;
  /** Undefined: nothing was measured. */
  result: MeasuredResult | undefined;
  startedAt: string;
  duration_s: number;
}

export function measureFilm(
  reprise: Reprise,
  test: RangeTest,
  side: Side | undefined,
  { found: { trials, warnings }, startedAt, duration_s }: Filmed,
  simulated: boolean,
): MeasuredFilm {
  const turned = trials.length > 0 && trials.every(({ note }) => note === 'out_of_plane');
  const nothing = (): MeasuredFilm => ({
    one: notMeasured(test.id, side, turned ? 'turned' : 'nothing'),
    result: undefined,
    startedAt,
    duration_s,
  });
  try {
    const result = reprise.rangeOfMotion({
      tests: [{ ...test.source, method: 'camera', passive: false, trials }],
      age: null,
      sex: null,
      startedAt,
      duration_s,
      simulated,
      warnings,
    });
    const range = result.values.find(({ measure }) => measure === 'joint_range');
    if (!range) return nothing();
    const one: SelfMeasured = {
      test: test.id,
      side: side ?? null,
      degrees: range.value,
      uncertainty_deg: range.uncertainty,
      not_measured: null,
    };
    return { one, result, startedAt, duration_s };
  } catch {
    return nothing(); // the engine's reason is for a developer; the page says what to change
  }
}

export function measureCounted(test: string, { result, startedAt, duration_s }: CountedDone): MeasuredFilm {
  const one = countIn(test, result);
  return { one, result: one.not_measured === null ? result : undefined, startedAt, duration_s };
}
