// SPDX-License-Identifier: Apache-2.0
// The words about pain over time: never a difference that may be none.

import { describe, expect, it } from 'vitest';
import { painsOf, piecesOf, summaryOf } from './pain.ts';

const answer = (moment, effectiveDateTime, value, more = {}): any => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '72514-3' }] },
  effectiveDateTime,
  valueQuantity: { value },
  component: [
    {
      code: { coding: [{ system: 'urn:reprise:observation', code: 'moment' }] },
      valueCodeableConcept: { coding: [{ system: 'urn:reprise:moment', code: moment }] },
    },
  ],
  ...more,
});

const TODAY = new Date('2026-04-12T08:00:00+02:00');
/** Answers on these days before today. */
const points = (values: Record<number, number>) =>
  Object.entries(values)
    .map(([ago, value]) => ({
      day: new Date(TODAY.getTime() - Number(ago) * 86_400_000).toISOString().slice(0, 10),
      value,
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));

describe('pain over time', () => {
  it("has the highest answer of each day in the patient's time zone, by moment", () => {
    process.env.TZ = 'Europe/Berlin';
    const pains = painsOf([
      answer('before', '2026-03-03T10:00:00+01:00', 2),
      answer('before', '2026-03-01T23:30:00Z', 3),
      answer('before', '2026-03-02T09:00:00+01:00', 5),
      answer('next-morning', '2026-03-03T07:00:00+01:00', 0),
    ]);
    expect(pains).toStrictEqual({
      before: [
        { day: '2026-03-02', value: 5 },
        { day: '2026-03-03', value: 2 },
      ],
      after: [],
      'next-morning': [{ day: '2026-03-03', value: 0 }],
    });
  });

  it('what cannot be read, was withdrawn, or belongs to a stop is left out', () => {
    const pains = painsOf([
      answer('before', 'some day', 2),
      answer('before', '2026-03-02T09:00:00Z', 11),
      answer('before', '2026-03-02T09:00:00Z', Number.NaN),
      answer('before', '2026-03-02T09:00:00Z', 4, { status: 'entered-in-error' }),
      answer('before', '2026-03-02T09:00:00Z', 4, { code: { coding: [{ system: 'urn:other', code: '72514-3' }] } }),
      answer('before', '2026-03-02T09:00:00Z', 4, { component: [] }),
      answer('during', '2026-03-02T09:00:00Z', 8),
      { resourceType: 'Observation' } as any,
    ]);
    expect(pains).toStrictEqual({ before: [], after: [], 'next-morning': [] });
  });

  it('names a change only from two points on', () => {
    const before = { 15: 5, 17: 5, 20: 5, 24: 6 };
    const of = (now) => summaryOf(points({ ...before, ...now }), TODAY)?.change;
    expect(of({ 1: 3, 3: 3, 6: 3 })).toBe('less');
    expect(of({ 1: 4, 3: 4, 6: 4 })).toBe('same');
    expect(of({ 1: 6, 3: 6, 6: 6 })).toBe('same');
    expect(of({ 1: 7, 3: 7, 6: 2 })).toBe('more');
  });

  it('of an even number of answers both in the middle are named, and their mean counts', () => {
    const summary = summaryOf(points({ 0: 2, 3: 3, 5: 4, 13: 9, 14: 5, 18: 5, 27: 5 }), TODAY);
    expect(summary?.now).toStrictEqual({ low: 3, high: 4 });
    expect(summary?.before).toStrictEqual({ low: 5, high: 5 });
    expect(summary?.change, '3.5 and 5 are less than two points apart').toBe('same');
  });

  it('compares nothing with too few days, or with days that are too long ago', () => {
    expect(summaryOf([], TODAY)).toBe(undefined);
    expect(summaryOf(points({ 2: 4 }), TODAY)).toStrictEqual({ last: points({ 2: 4 })[0] });
    const now = { 1: 2, 2: 2, 3: 2 };
    expect(summaryOf(points({ ...now, 15: 8, 16: 8 }), TODAY)?.before).toBe(undefined);
    expect(summaryOf(points({ ...now, 28: 8, 29: 8, 30: 8 }), TODAY)?.change).toBe(undefined);
    const old = summaryOf(points({ 15: 8, 16: 8, 17: 8 }), TODAY);
    expect(old).toStrictEqual({ last: points({ 15: 8 })[0] });
  });

  it('a line breaks where there was no answer for long', () => {
    const all = points({ 40: 1, 30: 2, 19: 3, 18: 4 });
    expect(piecesOf(all)).toStrictEqual([all.slice(0, 2), all.slice(2)]);
    expect(piecesOf([])).toStrictEqual([]);
  });
});
