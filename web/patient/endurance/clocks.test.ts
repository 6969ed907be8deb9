// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { dayTime, marked, sessionTime, type Marks } from './clocks.ts';

const START = Date.parse('2026-03-02T10:00:00Z');
/** The page's clock stood still for five minutes, 100 s after the start. */
const SLEPT: Marks = [
  { page_s: 0, day_ms: START },
  { page_s: 100.2, day_ms: START + 400_200 },
];

describe('the clocks of a session', () => {
  it('are marked where they have moved apart', () => {
    let marks: Marks = marked([], { page_s: 0, day_ms: START });
    marks = marked(marks, { page_s: 50, day_ms: START + 50_300 });
    expect(marks).toHaveLength(1);
    marks = marked(marks, { page_s: 100.2, day_ms: START + 400_200 });
    expect(marks).toStrictEqual(SLEPT);
    expect(marked(marks, { page_s: 200, day_ms: START + 500_000 })).toHaveLength(2);
  });

  it('give each moment its time of day', () => {
    expect(dayTime(SLEPT, 100)).toBe(START + 100_000);
    expect(dayTime(SLEPT, 110.2)).toBe(START + 410_200);
  });

  it('give a time of day its moment, and none to the time asleep', () => {
    expect(sessionTime(SLEPT, START - 1000)).toBeUndefined();
    expect(sessionTime(SLEPT, START + 60_000)).toBe(60);
    expect(sessionTime(SLEPT, START + 200_000)).toBeUndefined();
    expect(sessionTime(SLEPT, START + 410_200)).toBeCloseTo(110.2, 9);
  });

  it('that were set back give each moment once', () => {
    const back: Marks = [
      { page_s: 0, day_ms: START },
      { page_s: 100, day_ms: START + 40_000 },
    ];
    expect(sessionTime(back, START + 39_000)).toBe(39);
    expect(sessionTime(back, START + 50_000)).toBe(110);
  });
});
