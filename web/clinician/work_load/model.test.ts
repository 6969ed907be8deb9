// SPDX-License-Identifier: Apache-2.0
import type { RangedScore, WorkLoad, WorkMoment } from 'reprise-engine';
import { expect, it } from 'vitest';
import {
  againstLimit,
  answersOf,
  drawingOf,
  highest,
  indexDigits,
  liftIn,
  NO_LIFT,
  NOTHING,
  type TypedLift,
  withAnswer,
} from './model.ts';

const ranged = (least: number, most: number): RangedScore => ({ least, most, level_least: 1, level_most: 2 });

it('takes the highest score of either end over all moments', () => {
  const span = (least: number, most: number) => ({
    from_s: 0,
    to_s: 1,
    all: ranged(least, most),
    measured: ranged(most, most),
  });
  const load = { load: { spans: [span(3, 5), span(2, 7)] } } as unknown as WorkLoad;
  expect(highest(load, 'all')).toStrictEqual([3, 7]);
  expect(highest(load, 'measured')).toStrictEqual([7, 7]);
});

it('keeps the answers about each arm apart', () => {
  const raised = { name: 'shoulder_raised', ofArm: true } as const;
  const stance = { name: 'stance', ofArm: false } as const;
  const both = withAnswer(NOTHING, stance, 'standing');
  expect(withAnswer(both, raised, true)).toStrictEqual(both);
  const left = withAnswer({ ...both, side: 'left' }, raised, true);
  expect(answersOf(left)).toStrictEqual({ stance: 'standing', shoulder_raised: true });
  expect(answersOf({ ...left, side: 'right' })).toStrictEqual({ stance: 'standing' });
  expect(answersOf({ ...left, side: null })).toStrictEqual({ stance: 'standing' });
  const right = withAnswer({ ...left, side: 'right' }, raised, false);
  expect(answersOf({ ...right, side: 'left' })).toMatchObject({ shoulder_raised: true });
  expect(answersOf(withAnswer(right, raised, undefined))).toStrictEqual({ stance: 'standing' });
});

const FILMED: Record<string, [number, number, number]> = {
  left_shoulder: [0, -0.5, 0.2],
  right_shoulder: [0, -0.5, -0.2],
  left_hip: [0, 0, 0.15],
  right_hip: [0, 0, -0.15],
  left_knee: [0.1, 0.4, 0.15],
  right_knee: [0.1, 0.4, -0.15],
  left_ankle: [0, 0.8, 0.15],
  right_ankle: [0, 0.8, -0.15],
};
const moment = (world_m: typeof FILMED) => ({ figure: { world_m, visibility: {} } }) as unknown as WorkMoment;

it('draws the figure on its floor, the side nearer to the camera in front', () => {
  const seen = drawingOf(moment(FILMED), false);
  expect(seen.nearer).toBe('right');
  expect(seen.floor).toBeCloseTo(0.4);
  expect(seen.points).toHaveLength(16);
  // Filmed from the front, the knee's bend is seen once the figure is turned.
  const front = Object.fromEntries(
    Object.entries(FILMED).map(([name, [x, y, z]]): [string, [number, number, number]] => [name, [z, y, -x]]),
  );
  const across = (drawing: typeof seen) => (drawing.points[8] ?? 0) - (drawing.points[4] ?? 0);
  expect(across(drawingOf(moment(front), false))).toBeCloseTo(0);
  expect(Math.abs(across(drawingOf(moment(front), true)))).toBeCloseTo(0.05);
});

const OF = { startedAt: '2026-03-14T10:00:00Z', simulated: true };
const LIFT: TypedLift = {
  ...NO_LIFT,
  weight_kg: '12,5',
  horizontal_cm: '35',
  vertical_cm: '20',
  to_vertical_cm: '90',
  lifts_per_minute: '2',
  hours: '1',
};

it('asks for a limit once all that the equation wants is typed', () => {
  expect(liftIn(NO_LIFT, OF)).toBeUndefined();
  expect(liftIn(LIFT, OF)).toMatchObject({
    weight_kg: 12.5,
    asymmetry_deg: null,
    to_horizontal_cm: null,
    coupling: null,
    simulated: true,
  });
  expect(liftIn({ ...LIFT, hours: '9' }, OF)).toBeUndefined();
  // The engine refuses them.
  expect(liftIn({ ...LIFT, hours: '0' }, OF)).toBeUndefined();
  expect(liftIn({ ...LIFT, weight_kg: '0' }, OF)).toBeUndefined();
  expect(liftIn({ ...LIFT, asymmetry_deg: 'x' }, OF)).toBeUndefined();
  expect(liftIn({ ...LIFT, control: true }, OF)).toBeUndefined();
  expect(liftIn({ ...LIFT, control: true, to_horizontal_cm: '40' }, OF)).toMatchObject({ to_horizontal_cm: 40 });
  // Hidden fields do not count.
  expect(liftIn({ ...LIFT, to_horizontal_cm: '40', to_asymmetry_deg: 'x' }, OF)).toMatchObject({
    to_horizontal_cm: null,
    to_asymmetry_deg: null,
  });
});

it('never shows an index just above 1 as 1', () => {
  expect(indexDigits({ least: 1.004, most: 1.004 })).toBe(3);
  expect(indexDigits({ least: 0.5, most: 1.2 })).toBe(2);
  expect(againstLimit({ least: 0.5, most: 1 })).toBe('within');
  expect(againstLimit({ least: 0.9, most: 1.1 })).toBe('unsure');
  expect(againstLimit({ least: 1.0001, most: 1.1 })).toBe('above');
});
