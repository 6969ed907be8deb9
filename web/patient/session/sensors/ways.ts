// SPDX-License-Identifier: Apache-2.0
// Which sensors a patient may wear in an exercise, and what of it they then count.
import type { Programme } from 'reprise-engine';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { hasBluetooth } from '../../devices/link.ts';

/** Two sensors that give the exercise's angle, or one on a muscle. */
export type Way = 'sensors' | 'muscle';

const ARM: readonly string[] = ['upper_arm', 'forearm'];
/** Whether the calibration swings a leg, standing on the other one. */
export const swingsLeg = ({ facts }: Prescribed) => facts.sensors !== null && !ARM.includes(facts.sensors[0]);

/**
 * Whether two sensors can be worn. Legs only where the programme allows full weight on both, and nothing asks for a
 * helper: their calibration swings one while the other carries.
 */
export const canWear = (prescribed: Prescribed, { weightBearing }: Pick<Programme, 'weightBearing'>) =>
  hasBluetooth() &&
  prescribed.facts.sensors !== null &&
  prescribed.order.side !== null &&
  (!swingsLeg(prescribed) || (weightBearing === 'full' && !prescribed.order.helper));

export const canSense = ({ order }: Prescribed) => hasBluetooth() && order.muscle !== null;

/**
 * The exercise with the clinic's target for a muscle as what counts; undefined without one. Its `exercise` is to be
 * released, too.
 */
export function asMuscle({ order, exercise, file }: Prescribed): Prescribed | undefined {
  const { muscle } = order;
  if (!muscle) return undefined;
  const aimed = exercise.withMuscle({ share: muscle.share / 100, hold_s: muscle.hold });
  return { order: { ...order, hold_s: muscle.hold, target: null }, exercise: aimed, file, facts: aimed.facts() };
}
