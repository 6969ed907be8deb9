// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import type { Replay } from 'reprise-engine';
import { farthestIndex, figureOf, indexAt, roundOf } from './replay.ts';

/** One point goes up and comes down again. */
const heights = [0, 0.1, 0.4, 0.2, 0];
const replay: Replay = {
  times_s: Float64Array.from(heights, (_, i) => 0.5 * i),
  landmarks_m: Float64Array.from({ length: 99 * heights.length }, (_, i) => (i % 99 === 1 ? heights[(i - 1) / 99] : 1)),
  segments: Float64Array.from({ length: 135 * heights.length }, (_, i) => Math.floor(i / 135)),
};

it('shows the newest figure at a time, and the last one after the end', () => {
  expect([-1, 0, 0.49, 0.5, 1.99, 2, 9].map((time) => indexAt(replay, time))).toStrictEqual([0, 0, 0, 1, 3, 4, 4]);
});

it('cuts out one figure', () => {
  const { landmarks_m, segments, support } = figureOf(replay, 2, 'feet');
  expect([landmarks_m.length, landmarks_m[1], segments.length, segments[0], support]).toStrictEqual([
    99,
    0.4,
    135,
    2,
    'feet',
  ]);
});

it('stands still where the movement is farthest', () => {
  expect(farthestIndex(replay)).toBe(2);
});

it('waits for the longer of two', () => {
  const longer = { ...replay, times_s: Float64Array.of(0, 5) };
  expect(roundOf([replay, longer])).toBeCloseTo(5.8);
});
