// SPDX-License-Identifier: Apache-2.0
// What a patient's progress shows, out of Procedures and Observations.

import { describe, expect, it } from 'vitest';
import { setsOf, streakOf, trendOf, weeksOf } from './history.ts';

const procedure = (id, start, exercise = 'squat'): any => ({
  resourceType: 'Procedure',
  id,
  instantiatesCanonical: [`urn:reprise:exercise:${exercise}|1`],
  performedPeriod: { start },
});
const concept = (code): any => ({ coding: [{ system: 'urn:reprise:observation', code }] });
const part = (code, value): any => ({ code: concept(code), valueQuantity: { value } });
const observation = (id, code, more): any => ({
  resourceType: 'Observation',
  code: concept(code),
  partOf: [{ reference: `Procedure/${id}` }],
  ...more,
});
const range = (id, value, from = 5) =>
  observation(id, 'best-range', {
    valueQuantity: { value, code: 'deg' },
    component: [part('from', from), part('uncertainty', 10)],
  });

describe('history', () => {
  it("a set has its measurements and its day in the patient's time zone", () => {
    process.env.TZ = 'Europe/Berlin';
    const sets = setsOf(
      [procedure('b', '2026-03-02T23:30:00Z'), procedure('a', '2026-03-01T10:00:00+01:00', 'heel_slide')],
      [
        observation('b', 'repetitions', { valueInteger: 8 }),
        observation('b', 'movement-quality', { valueQuantity: { value: 81.5 } }),
        range('b', 90),
        observation('elsewhere', 'repetitions', { valueInteger: 3 }),
      ],
    );
    expect(sets).toStrictEqual([
      { exercise: 'heel_slide', day: '2026-03-01', count: 0 },
      {
        exercise: 'squat',
        day: '2026-03-03',
        count: 8,
        quality: 81.5,
        range: { value: 90, uncertainty: 10, unit: 'degree', rising: true, best: true },
      },
    ]);
  });

  it('what cannot be read is left out', () => {
    const broken = [{ resourceType: 'Procedure', id: 'x' }, procedure('y', '2026-03-01T10:00:00Z', 'squat')];
    const sets = setsOf(broken, [
      observation('y', 'best-range', { valueQuantity: { value: 90, code: 'deg' } }),
      { resourceType: 'Observation' },
    ]);
    expect(sets.length).toBe(1);
    expect(sets[0].range, 'a range without its uncertainty is none').toBe(undefined);
  });

  it('a trend has one value a day, and a smaller value may be farther', () => {
    const sets = setsOf(
      [
        procedure('a', '2026-03-01T10:00:00Z'),
        procedure('b', '2026-03-01T11:00:00Z'),
        procedure('c', '2026-03-04T11:00:00Z'),
      ],
      [range('a', 80), range('b', 90), range('c', 95)],
    );
    expect(trendOf(sets, 'squat', (set) => set.range?.value)).toStrictEqual([
      { day: '2026-03-01', value: 85 },
      { day: '2026-03-04', value: 95 },
    ]);
    expect(trendOf(sets, 'heel_slide', (set) => set.range?.value)).toStrictEqual([]);
    expect(setsOf([procedure('d', '2026-03-01T10:00:00Z')], [range('d', 0.4, 1)])[0].range.rising).toBe(false);
  });

  it('weeks run from Monday, also over a clock change; a missed day is forgiven, the running week breaks none', () => {
    process.env.TZ = 'Europe/Berlin';
    const now = new Date('2026-04-01T09:00:00+02:00'); // a Wednesday; the clock changed on 29 March
    const days = ['2026-03-16', '2026-03-18', '2026-03-24', '2026-03-29', '2026-03-30'];
    const sets = days.map((day) => ({ exercise: 'squat', day, count: 1 }));
    const weeks = weeksOf(sets, now, 3);
    expect(weeks.map(({ days: [first] }) => first.day)).toStrictEqual([
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
    ]);
    expect(weeks.map(({ reached }) => reached)).toStrictEqual([false, false, true, true, false]);
    expect(weeks.at(-1).days.map(({ done, ahead }) => `${done ? 'done' : ''}${ahead ? 'ahead' : ''}`)).toStrictEqual([
      'done',
      '',
      '',
      'ahead',
      'ahead',
      'ahead',
      'ahead',
    ]);
    expect(streakOf(weeks)).toBe(2);
    expect(streakOf(weeksOf([...sets, { exercise: 'squat', day: '2026-04-01', count: 1 }], now, 3))).toBe(3);
    expect(streakOf(weeksOf([], now, 3))).toBe(0);
    expect(weeksOf(sets, now, 1).at(-1).reached, 'a goal of one day is one day').toBe(true);
  });
});
