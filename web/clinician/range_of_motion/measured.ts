// SPDX-License-Identifier: Apache-2.0
// What a new range of motion leaves for the record.
import type { MeasuredResult, RangeTrial } from 'reprise-engine';
import { engine } from '../../data/engine.ts';
import type { Method } from '../../clinical/recorded_ranges.ts';
import type { RangeTest } from '../../coach/range/range_tests.ts';

export interface Measurement {
  /** UUIDs of the measurement and of its document: a repeated request changes nothing. */
  id: string;
  recording: string;
  test: RangeTest;
  method: Method;
  passive: boolean;
  trials: RangeTrial[];
  warnings: MeasuredResult['warnings'];
  startedAt: string;
  duration_s: number;
}

export interface Person {
  age: number | undefined;
  sex: string | undefined;
}

/** Sums up the trials; throws where there is nothing to sum up. */
export async function summed(
  { test, method, passive, trials, warnings, startedAt, duration_s }: Measurement,
  { age, sex }: Person,
  simulated: boolean,
): Promise<MeasuredResult> {
  return (await engine()).rangeOfMotion({
    tests: [{ ...test.source, method, passive, trials }],
    age: age ?? null,
    sex: sex === 'female' || sex === 'male' ? sex : null,
    startedAt,
    duration_s,
    simulated,
    warnings,
  });
}
