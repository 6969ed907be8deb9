// SPDX-License-Identifier: Apache-2.0
import type { PrescribedExercise } from 'reprise-engine';
import { afterEach, expect, test, vi } from 'vitest';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { canSense, canWear } from './ways.ts';

const prescribed = (order: Partial<PrescribedExercise>, sensors: readonly [string, string] | null) =>
  ({ order: { side: 'left', helper: false, muscle: null, ...order }, facts: { sensors } }) as Prescribed;
const KNEE = ['thigh', 'shank'] as const;
const full = { weightBearing: 'full' } as const;

const withBluetooth = () => vi.stubGlobal('navigator', { bluetooth: {} });
afterEach(() => vi.unstubAllGlobals());

test('a leg is swung only where it may bear weight, and without a helper', () => {
  withBluetooth();
  expect(canWear(prescribed({}, KNEE), full)).toBe(true);
  expect(canWear(prescribed({}, KNEE), { weightBearing: 'partial' })).toBe(false);
  expect(canWear(prescribed({}, KNEE), { weightBearing: 'none' })).toBe(false);
  expect(canWear(prescribed({ helper: true }, KNEE), full)).toBe(false);
  expect(canWear(prescribed({ helper: true }, ['upper_arm', 'forearm']), { weightBearing: 'none' })).toBe(true);
});

test('sensors need a side, an angle that they give, and Bluetooth', () => {
  withBluetooth();
  expect(canWear(prescribed({ side: null }, KNEE), full)).toBe(false);
  expect(canWear(prescribed({}, null), full)).toBe(false);
  vi.stubGlobal('navigator', {});
  expect(canWear(prescribed({}, KNEE), full)).toBe(false);
});

test('a muscle is heard only where the clinic set a target', () => {
  withBluetooth();
  expect(canSense(prescribed({}, KNEE))).toBe(false);
  const muscle = { muscle: 'biceps', side: 'left', share: 40, hold: 3 } as const;
  expect(canSense(prescribed({ muscle }, null))).toBe(true);
  vi.stubGlobal('navigator', {});
  expect(canSense(prescribed({ muscle }, null))).toBe(false);
});
