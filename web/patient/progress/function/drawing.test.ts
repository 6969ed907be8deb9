// SPDX-License-Identifier: Apache-2.0
// A difference that may be none never leaves the band.

import { describe, expect, it } from 'vitest';
import { drawingOf } from './drawing.ts';

const BOX = { width: 100, height: 50, edge: 5 };
const at = (day: number, value: number) => ({ at: `2026-03-${String(day).padStart(2, '0')}T10:00:00Z`, value });

describe('the line of a test', () => {
  it('has its time from left to right, and more above less', () => {
    const { points, band } = drawingOf([at(1, 8), at(3, 12), at(5, 10)], undefined, BOX);
    expect(points).toStrictEqual([
      { x: 5, y: 45 },
      { x: 50, y: 5 },
      { x: 95, y: 25 },
    ]);
    expect(band).toBe(undefined);
  });

  it('shows the whole band around the first result', () => {
    const { points, band } = drawingOf([at(1, 8), at(5, 9)], 2, BOX);
    expect(band).toStrictEqual({ top: 5, bottom: 45 });
    expect(points[1]?.y, 'one more lies within it').toBe(15);
  });

  it('a result beyond it lies outside', () => {
    const { points, band } = drawingOf([at(1, 8), at(5, 16)], 2, BOX);
    expect(points[1]?.y).toBe(5);
    expect(band?.top).toBe(29);
    expect(band?.bottom).toBe(45);
  });

  it('one result alone is in the middle', () => {
    expect(drawingOf([at(1, 8)], undefined, BOX).points).toStrictEqual([{ x: 50, y: 25 }]);
  });
});
