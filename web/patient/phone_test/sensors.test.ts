// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { motionIn } from './sensors.ts';

const accelerationIncludingGravity = { x: 1, y: 2, z: 9.81 };
const rotationRate = { alpha: 180, beta: 90, gamma: -45 };

it('takes the rotation rate about x, y and z in radians', () => {
  const { PI } = Math;
  expect(motionIn({ accelerationIncludingGravity, rotationRate }, false)).toStrictEqual([
    1,
    2,
    9.81,
    PI,
    PI / 2,
    -PI / 4,
  ]);
});

it('turns the acceleration of Apple’s browsers, which has the other sign', () => {
  const motion = motionIn({ accelerationIncludingGravity: { x: -1, y: -2, z: -9.81 }, rotationRate }, true);
  expect(motion?.slice(0, 3)).toStrictEqual([1, 2, 9.81]);
  expect(motion?.[3]).toBeGreaterThan(0);
});

it('is no sample where a sensor or one of its axes is missing', () => {
  const none = { x: null, y: null, z: null };
  expect(motionIn({ accelerationIncludingGravity: none, rotationRate }, false)).toBe(undefined);
  expect(motionIn({ accelerationIncludingGravity, rotationRate: null }, false)).toBe(undefined);
  expect(motionIn({ accelerationIncludingGravity: null, rotationRate }, false)).toBe(undefined);
  expect(motionIn({ accelerationIncludingGravity, rotationRate: { ...rotationRate, gamma: null } }, false)).toBe(
    undefined,
  );
});
