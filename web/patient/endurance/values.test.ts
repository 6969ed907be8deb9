// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { adviceFor, amount, isOld, isSlip, NOTHING_TYPED, ratingValues, valuesOf, vitalsFor } from './values.ts';

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

describe('a number that a device sent', () => {
  const sent = { systolic: { device: 'blood_pressure_monitor', text: '128' } } as const;
  it('names the device, unless the patient changed it', () => {
    const [value] = valuesOf({ ...NOTHING_TYPED, systolic: '128' }, 'before', 0, sent);
    expect(value?.device).toBe('blood_pressure_monitor');
    const [changed] = valuesOf({ ...NOTHING_TYPED, systolic: '138' }, 'before', 0, sent);
    expect(changed).toStrictEqual({ moment: 'before', time_s: 0, measure: 'systolic_pressure', value: 138 });
  });
});

describe('the advice after a rating', () => {
  const plan = { low: 11, high: 13 };
  const rated = (effort: number, breathlessness = 1) => ({ effort, breathlessness });
  it('follows the planned effort', () => {
    expect(adviceFor(rated(14), true, plan)).toBe('slower');
    expect(adviceFor(rated(9), true, plan)).toBe('faster');
    expect(adviceFor(rated(12), true, plan)).toBe('right');
  });

  it('is to slow down for who cannot speak a sentence', () => {
    expect(adviceFor(rated(9), false, plan)).toBe('slower');
  });

  it('is never to go faster without the talk test, short of breath, or past the planned heart rate', () => {
    expect(adviceFor(rated(9), undefined, plan)).toBe('right');
    expect(adviceFor(rated(9, 4), true, plan)).toBe('right');
    expect(adviceFor(rated(9), true, plan, { now: 120, high: 115 })).toBe('slower');
    expect(adviceFor(rated(9), true, plan, { now: undefined, high: 115 })).toBe('right');
    expect(adviceFor(rated(9), true, plan, { now: 100, high: 115 })).toBe('faster');
  });
});

it('takes a reading that a cuff kept for what it is', () => {
  const now = new Date(2026, 2, 2, 10, 0, 0);
  expect(isOld('2026-03-02T09:58:00', now)).toBe(false);
  expect(isOld('2026-03-02T09:40:00', now)).toBe(true);
  expect(isOld('2026-03-01T10:00:00', now)).toBe(true);
  expect(isOld(null, now)).toBe(false);
});
