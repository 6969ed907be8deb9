// SPDX-License-Identifier: Apache-2.0
import type { ExerciseFacts, PrescribedExercise } from 'reprise-engine';
import { afterEach, expect, test, vi } from 'vitest';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { canSense, canWear } from './ways.ts';

const prescribed = (
  order: Partial<PrescribedExercise>,
  sensors: readonly [string, string] | null,
  facts: Partial<ExerciseFacts> = {},
) =>
  ({
    order: { side: 'left', helper: false, ceiling: null, muscle: null, ...order },
    facts: { sensors, ceiling: null, balance: sensors === KNEE ? 'single_leg' : 'none', ...facts },
  }) as Prescribed;
const KNEE = ['thigh', 'shank'] as const;
const ELBOW = ['upper_arm', 'forearm'] as const;
const full = { weightBearing: 'full', rangeLimits: [], exercises: [], tests: [], endurance: [] } as const;
const limited = (measure: string, side: 'left' | 'right' | null, min: number | null = null) => ({
  ...full,
  rangeLimits: [{ measure, side, min, max: 80 }],
});

const withBluetooth = () => vi.stubGlobal('navigator', { bluetooth: {} });
afterEach(() => vi.unstubAllGlobals());

test('a leg is swung only where it may bear weight, standing, and no one asks for a helper', () => {
  withBluetooth();
  expect(canWear(prescribed({}, KNEE), full)).toBe(true);
  for (const weightBearing of ['partial', 'none'] as const) {
    expect(canWear(prescribed({}, KNEE), { ...full, weightBearing })).toBe(false);
    expect(canWear(prescribed({}, ELBOW), { ...full, weightBearing })).toBe(true);
  }
  for (const balance of ['none', 'standing'] as const)
    expect(canWear(prescribed({}, KNEE, { balance }), full)).toBe(false);
  const helper = [{ helper: false }, { helper: true }];
  for (const of of ['exercises', 'tests', 'endurance']) {
    const one = { ...full, [of]: helper };
    expect(canWear(prescribed({}, KNEE), one)).toBe(false);
    expect(canWear(prescribed({}, ELBOW), one)).toBe(true);
  }
});

test('no limb is swung through a joint with a limit, or held straight against one', () => {
  withBluetooth();
  for (const side of ['left', 'right', null] as const) {
    expect(canWear(prescribed({}, KNEE), limited('hip_flexion', side))).toBe(false);
    expect(canWear(prescribed({}, KNEE), limited('hip_abduction', side))).toBe(false);
    expect(canWear(prescribed({}, ELBOW), limited('hip_flexion', side))).toBe(true);
    expect(canWear(prescribed({}, KNEE), limited('shoulder_flexion', side))).toBe(true);
    expect(canWear(prescribed({}, ELBOW), limited('shoulder_elevation', side))).toBe(side === 'right');
    expect(canWear(prescribed({}, ELBOW), limited('elbow_flexion', side, 30))).toBe(side === 'right');
    expect(canWear(prescribed({}, KNEE), limited('knee_flexion', side, 30))).toBe(false);
  }
});

test('no ceiling is counted from the patient’s own pose', () => {
  withBluetooth();
  for (const places of [KNEE, ELBOW]) {
    expect(canWear(prescribed({ ceiling: 90 }, places), full)).toBe(false);
    expect(canWear(prescribed({}, places, { ceiling: 90 }), full)).toBe(false);
  }
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
