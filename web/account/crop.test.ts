// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { squareOf } from './crop.ts';

describe('the square of a face', () => {
  it('is as large as the shorter side, and moves along the longer one', () => {
    expect(squareOf(400, 300, 0, 1)).toStrictEqual({ x: 0, y: 0, side: 300 });
    expect(squareOf(400, 300, 1, 1)).toStrictEqual({ x: 100, y: 0, side: 300 });
    expect(squareOf(300, 400, 0.5, 1)).toStrictEqual({ x: 0, y: 50, side: 300 });
  });

  it('gets smaller with the zoom, and never leaves the picture', () => {
    expect(squareOf(400, 300, 1, 2)).toStrictEqual({ x: 250, y: 75, side: 150 });
    for (const along of [-1, 0, 0.3, 1, 2])
      for (const zoom of [0.5, 1, 3]) {
        const { x, y, side } = squareOf(300, 500, along, zoom);
        expect(Math.min(x, y, 300 - x - side, 500 - y - side)).toBeGreaterThanOrEqual(0);
      }
  });
});
