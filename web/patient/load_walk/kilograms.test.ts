// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { limitShare, shownKg } from './kilograms.ts';

const asked = { limit: { amount: 30, unit: '%', bodyMass_kg: 75, helper: true, share: 0.3 } } as const;

test('the walk is measured against the whole kilograms that are shown', () => {
  expect(limitShare(asked) * 75).toBeCloseTo(22, 9);
  expect(limitShare(asked)).toBeLessThanOrEqual(0.3);
});

test('a load above the limit is never shown as the limit, and one below never as more', () => {
  const shown = (kg: number) => shownKg(kg / 75, asked);
  expect([21.9, 22, 22.1, 22.9, 23, -1].map(shown)).toStrictEqual([21, 22, 23, 23, 23, 0]);
});
