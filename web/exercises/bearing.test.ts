// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { limitKg } from './bearing.ts';

const limit = (share: number, bodyMass_kg: number) =>
  limitKg({ amount: 0, unit: 'kg', helper: true, share, bodyMass_kg });

describe('what a leg may bear in words', () => {
  it('is whole kilograms, and never more than the limit', () => {
    expect(limit(0.3, 76.5)).toBe(22);
    expect(limit(0.25, 60)).toBe(15);
    // As the engine divides 20 kg by the mass.
    expect(limit(20 / 76.5, 76.5)).toBe(20);
  });
});
