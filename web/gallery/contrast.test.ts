// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { contrastOf, partsOf } from './contrast.ts';

describe('contrast', () => {
  it('reads the ways in which browsers and style sheets write colors', () => {
    for (const color of ['#0a6a8a', 'rgb(10, 106, 138)', 'rgb(10 106 138)', ' #0A6A8A'])
      expect(partsOf(color)).toStrictEqual([10, 106, 138]);
    expect(partsOf('#fff')).toStrictEqual([255, 255, 255]);
    for (const color of ['', 'none', 'rgba(0, 0, 0, 0)', '#12345']) expect(partsOf(color)).toBe(undefined);
  });

  it('is 21 at most, 1 for the same color, and 4.5 where WCAG’s best known gray has it', () => {
    expect(contrastOf('#000', '#fff')).toBeCloseTo(21, 10);
    expect(contrastOf('#5c6068', '#5c6068')).toBeCloseTo(1, 10);
    // (1.05) / (L + 0.05) with L = ((118/255 + 0.055) / 1.055)^2.4
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(1.05 / (((118 / 255 + 0.055) / 1.055) ** 2.4 + 0.05), 10);
    expect(contrastOf('#ffffff', '#767676')).toBe(contrastOf('#767676', '#ffffff'));
    expect(contrastOf('#fff', 'none')).toBe(undefined);
  });
});
