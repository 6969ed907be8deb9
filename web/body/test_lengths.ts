// SPDX-License-Identifier: Apache-2.0
// For tests.
import type { Lengths } from './pose.ts';

/** As the engine draws a stature of 1.70 m (engine/skeleton/shape.h). */
export const LENGTHS: Lengths = {
  trunk: 0.4896,
  halfShoulders: 0.2193,
  halfHips: 0.0935,
  upperArm: 0.3162,
  forearm: 0.2482,
  thigh: 0.4165,
  shank: 0.4182,
  ankleHeight: 0.0663,
  heelBehind: 0.0595,
  toeAhead: 0.187,
};
