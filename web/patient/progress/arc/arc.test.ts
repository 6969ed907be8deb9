// SPDX-License-Identifier: Apache-2.0
// An arc shows no way to go where a limit is set, and no way gone that may be none.

import { describe, expect, it } from 'vitest';
import type { Range } from '../../../fhir/results.ts';
import { arcOf, hasEverydayUse, placeAt, sliceOf } from './arc.ts';

const range: Range = { value: 90, uncertainty: 6, unit: 'degree', rising: true, best: true };
const days = (...values: number[]) => values.map((value, i) => ({ day: `2026-03-0${i + 1}`, value }));

describe('the arc of a joint', () => {
  it('has the first and the last day where they differ by more than the uncertainty', () => {
    expect(arcOf(range, 'knee_flexion', days(60, 99, 90))).toStrictEqual({ now: 90, uncertainty: 6, start: 60 });
    expect(arcOf(range, 'knee_flexion', days(84, 90))).toStrictEqual({ now: 90, uncertainty: 6 });
    // 6.4 is shown as 6.
    expect(arcOf(range, 'knee_flexion', days(84, 90.4))).toStrictEqual({ now: 90.4, uncertainty: 6 });
    expect(arcOf(range, 'knee_flexion', days(90))).toStrictEqual({ now: 90, uncertainty: 6 });
  });

  it('is absent under a limit, for other measures, and for angles that have no place', () => {
    expect(arcOf({ ...range, best: false }, 'knee_flexion', days(60, 90))).toBe(undefined);
    expect(arcOf({ ...range, unit: 'ratio' }, 'knee_flexion', days(60, 90))).toBe(undefined);
    expect(arcOf(range, 'trunk_inclination', days(60, 90))).toBe(undefined);
    expect(arcOf(range, undefined, days(60, 90))).toBe(undefined);
    expect(arcOf(range, 'knee_flexion', [])).toBe(undefined);
    expect(arcOf(range, 'knee_flexion', days(60, 190))).toBe(undefined);
    expect(arcOf(range, 'knee_flexion', days(Number.NaN, 90))).toBe(undefined);
  });

  it('turns upwards from the right', () => {
    const [x, y] = placeAt(90, 10, [50, 50]);
    expect([Math.round(x), Math.round(y)]).toStrictEqual([50, 40]);
    expect(sliceOf(0, 90, 10, [50, 50])).toBe('M50 50L60.0 50.0A10 10 0 0 0 50.0 40.0Z');
    expect(sliceOf(90, 0, 10, [50, 50])).toBe('M50 50L50.0 40.0A10 10 0 0 1 60.0 50.0Z');
  });

  it('says what bending a knee is good for, and nothing under a limit or of straightening', () => {
    expect(hasEverydayUse(range, 'knee_flexion')).toBe(true);
    expect(hasEverydayUse({ ...range, best: false }, 'knee_flexion')).toBe(false);
    expect(hasEverydayUse({ ...range, rising: false }, 'knee_flexion')).toBe(false);
    expect(hasEverydayUse(range, 'hip_flexion')).toBe(false);
  });
});
