// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { activityIn, enduranceRequest, isEndurance } from '../../fhir/endurance.ts';
import { aimsPastLimit, doseIn, EMPTY, limitIn, rateIn, type Draft } from './endurance_draft.ts';

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...EMPTY,
  activity: 'walking',
  warmUp: '5',
  main: '20',
  coolDown: '5',
  effortLow: '11',
  effortHigh: '13',
  response: 'normal',
  ...change,
});

describe('the form for an endurance session', () => {
  it('becomes a dose only when nothing is missing', () => {
    expect(doseIn(EMPTY)).toBe(undefined);
    expect(doseIn(draft())?.effort).toStrictEqual({ low: 11, high: 13 });
    expect(doseIn(draft({ response: '' }))).toBe(undefined);
    expect(doseIn(draft({ main: '0' }))).toBe(undefined);
    expect(doseIn(draft({ effortLow: '14' }))).toBe(undefined);
    expect(doseIn(draft({ scale: 'cr10' }))).toBe(undefined);
  });

  it('invents no limit', () => {
    expect(Object.values(doseIn(draft())?.limits ?? {})).toStrictEqual(Array.from({ length: 7 }, () => null));
    expect(limitIn(draft({ limits: { ...EMPTY.limits, stopOxygen: '0.9' } }), 'stopOxygen')).toBe(undefined);
    expect(doseIn(draft({ limits: { ...EMPTY.limits, stopOxygen: '0.9' } }))).toBe(undefined);
  });

  it('aims at a heart rate only where it shows the effort', () => {
    expect(rateIn(draft({ rateLow: '95', rateHigh: '115' }))).toStrictEqual({ low: 95, high: 115 });
    expect(rateIn(draft({ rateLow: '95', rateHigh: '115', response: 'beta-blocker' }))).toBe(null);
    expect(rateIn(draft({ rateLow: '95' }))).toBe(undefined);
  });

  it('does not aim past the limit at which to stop', () => {
    const past = draft({ rateLow: '95', rateHigh: '115', limits: { ...EMPTY.limits, stopHeartRate: '110' } });
    expect(aimsPastLimit(past)).toBe(true);
    expect(doseIn(past)).toBe(undefined);
  });

  it('is written as the engine reads it', () => {
    const dose = doseIn(draft({ rateLow: '95', rateHigh: '115', limits: { ...EMPTY.limits, stopHeartRate: '130' } }));
    if (!dose) throw new Error('no dose');
    const request = enduranceRequest({
      ...dose,
      id: 't',
      patient: 'robin',
      practitioner: 'kim',
      name: 'Walking',
      everyDays: 2,
      helper: false,
      reason: '',
      authored: '2026-03-02T08:00:00+01:00',
      tag: undefined,
    });
    expect(isEndurance(request)).toBe(true);
    expect(activityIn(request)).toBe('walking');
    expect(request.occurrenceTiming).toStrictEqual({ repeat: { frequency: 1, period: 2, periodUnit: 'd' } });
    const parts = request.extension?.[0]?.extension ?? [];
    expect(parts.map(({ url }) => url)).toStrictEqual([
      'warm-up',
      'main',
      'cool-down',
      'scale',
      'effort',
      'response',
      'heart-rate',
      'stop-heart-rate',
    ]);
  });
});
