// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { degreesIn, neutralZero, turnedBy } from '../../coach/range/angles.ts';
import { angleBetween } from './inclinometer.ts';
import { isDrawnBy, rangeTest } from '../../coach/range/range_tests.ts';

describe('a range of motion', () => {
  it('names the first movement, zero and the last one', () => {
    expect(neutralZero(5, 135)).toBe('5–0–135');
    expect(neutralZero(-10, 135)).toBe('0–10–135');
    expect(neutralZero(20, -5)).toBe('20–5–0');
    expect(neutralZero(0, 130.4)).toBe('0–0–130');
  });

  it('takes degrees as people type them', () => {
    expect(['33,5', '33.5', '\u221210', '-10', '0'].map(degreesIn)).toStrictEqual([33.5, 33.5, -10, -10, 0]);
    for (const typed of ['', 'x', '270', '-91', '3 3', '1.25']) expect(degreesIn(typed)).toBeUndefined();
  });

  it('knows how far a person is turned from the recommended view', () => {
    expect(turnedBy({ view: 'front', side: 'left' }, -20)).toBeCloseTo(20);
    expect(turnedBy({ view: 'side', side: 'right' }, 80)).toBeCloseTo(10);
    expect(turnedBy({ view: 'side', side: 'right' }, -90)).toBeCloseTo(180);
    expect(turnedBy({ view: 'side', side: undefined }, -100)).toBeCloseTo(10);
    expect(turnedBy({ view: 'side', side: 'left' }, null)).toBeNull();
  });

  it('is drawn by an exercise that moves the same way', () => {
    const drawn = (id: string, rest: number, target: number) => {
      const test = rangeTest(id);
      return test && isDrawnBy(test, { rest, target });
    };
    expect(drawn('elbow_flexion', 15, 125)).toBe(true);
    expect(drawn('elbow_extension', 15, 125)).toBe(false);
    expect(drawn('wrist_flexion', 0, 55)).toBe(false);
  });

  it('reads the angle between two directions of gravity', () => {
    expect(angleBetween({ x: 0, y: 9.8, z: 0 }, { x: 9.8, y: 9.8, z: 0 })).toBeCloseTo(45);
    expect(angleBetween({ x: 0, y: 9.8, z: 0 }, { x: 0, y: -9.8, z: 0 })).toBeCloseTo(180);
  });
});
