// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { adviceFor, amount, isSlip, NOTHING_TYPED, ratingValues, valuesOf, vitalsFor } from './values.ts';

const none = {
  startHeartRate: null,
  startOxygen: null,
  startSystolic: null,
  startDiastolic: null,
  stopHeartRate: null,
  stopOxygen: null,
  stopBreathlessness: null,
};

describe('typed values', () => {
  it('are numbers that a body can have, with a point or a comma', () => {
    expect(amount('oxygen', ' 97 ')).toBe(97);
    expect(amount('oxygen', '96,5')).toBe(96.5);
    expect(amount('oxygen', '9')).toBe(undefined);
    expect(amount('oxygen', '0.97')).toBe(undefined);
    expect(amount('pulse', '7O')).toBe(undefined);
    expect(isSlip('pulse', '700')).toBe(true);
    expect(isSlip('pulse', ' ')).toBe(false);
  });

  it('are asked for where a limit needs them', () => {
    expect(vitalsFor(none, true)).toStrictEqual({ pulse: false, oxygen: false, systolic: false, diastolic: false });
    expect(vitalsFor({ ...none, stopOxygen: 88, startDiastolic: 100 }, false)).toStrictEqual({
      pulse: true,
      oxygen: true,
      systolic: true,
      diastolic: true,
    });
  });

  it('become values of their moment', () => {
    expect(valuesOf({ ...NOTHING_TYPED, pulse: '72', systolic: '128' }, 'before', 0)).toStrictEqual([
      { moment: 'before', time_s: 0, measure: 'heart_rate', value: 72 },
      { moment: 'before', time_s: 0, measure: 'systolic_pressure', value: 128 },
    ]);
    expect(ratingValues('cr10', { effort: 3, breathlessness: undefined }, 'during', 60)).toStrictEqual([
      { moment: 'during', time_s: 60, measure: 'effort_cr10', value: 3 },
    ]);
  });
});

describe('the advice after a rating', () => {
  const plan = { low: 11, high: 13 };
  it('follows the planned effort', () => {
    expect(adviceFor(14, true, plan)).toBe('slower');
    expect(adviceFor(9, true, plan)).toBe('faster');
    expect(adviceFor(12, true, plan)).toBe('right');
    expect(adviceFor(undefined, undefined, plan)).toBe('right');
  });

  it('is to slow down for who cannot speak a sentence', () => {
    expect(adviceFor(9, false, plan)).toBe('slower');
  });

  it('never speeds up a heart that is faster than planned', () => {
    expect(adviceFor(9, true, plan, { now: 120, low: 95, high: 115 })).toBe('slower');
    expect(adviceFor(9, true, plan, { now: 100, low: 95, high: 115 })).toBe('faster');
  });
});
