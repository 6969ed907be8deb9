// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { markMovedTo, marksOf, marksProblem, newMarks } from './marks.ts';

const size = { width_px: 1000, height_px: 1400 };

describe('two marks', () => {
  const [first, second] = newMarks(size);
  if (!first || !second) throw new Error('two marks');
  const placed = [markMovedTo(first, 100, 200, size), markMovedTo(second, 100, 1200, size)];

  it('are no scale before a person put both where they belong', () => {
    expect(marksProblem([first, second], 100)).toBe('place');
    expect(marksProblem([placed[0] ?? first, second], 100)).toBe('place');
    expect(marksOf([first, second], 100)).toBeNull();
  });

  it('are one with their distance', () => {
    expect(marksProblem(placed, undefined)).toBe('length');
    expect(marksOf(placed, undefined)).toBeNull();
    expect(marksOf(placed, 100)).toStrictEqual({
      from_x_px: 100,
      from_y_px: 200,
      to_x_px: 100,
      to_y_px: 1200,
      length_cm: 100,
    });
  });

  it('stay in the picture, and are none where they lie on each other', () => {
    expect(markMovedTo(first, -5, 1500, size)).toMatchObject({ x_px: 0, y_px: 1400 });
    const close = [markMovedTo(first, 100, 200, size), markMovedTo(second, 105, 200, size)];
    expect(marksProblem(close, 100)).toBe('close');
    expect(marksOf(close, 100)).toBeNull();
  });
});
