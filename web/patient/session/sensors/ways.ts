// SPDX-License-Identifier: Apache-2.0
// Which sensors a patient may wear in an exercise, and what of it they then count.
import type { Programme, RangeLimit, ShownExercise } from 'reprise-engine';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { hasBluetooth } from '../../devices/link.ts';

/** Two sensors that give the exercise's angle, or one on a muscle. */
export type Way = 'sensors' | 'muscle';

const ARM: readonly string[] = ['upper_arm', 'forearm'];
/** Whether the calibration swings a leg, standing on the other one. */
export const swingsLeg = ({ facts }: Prescribed) => facts.sensors !== null && !ARM.includes(facts.sensors[0]);

type Orders = readonly { helper: boolean }[];
/** Of the programme. */
interface Terms extends Pick<Programme, 'weightBearing'> {
  rangeLimits: readonly RangeLimit[];
  exercises: Orders;
  tests: Orders;
  endurance: Orders;
}

/** Whether a limit forbids the calibration: a limb held straight, then swung as a whole from hip or shoulder. */
function forbids({ measure, side, min }: RangeLimit, leg: boolean, worn: 'left' | 'right') {
  // The leg that carries moves as well.
  if (!leg && side !== null && side !== worn) return false;
  const stiff = leg ? 'knee_flexion' : 'elbow_flexion';
  return measure.startsWith(leg ? 'hip_' : 'shoulder_') || (measure === stiff && (min ?? 0) > 0);
}

/**
 * Whether two sensors can be worn. Their zero is the patient's own pose, so never where a ceiling binds. Legs only
 * where the programme allows full weight on both and asks for no helper anywhere, in an exercise on one leg: their
 * calibration swings one while the other carries.
 */
export function canWear(
  prescribed: Prescribed,
  { weightBearing, rangeLimits, exercises, tests, endurance }: Terms,
): boolean {
  const { order, facts } = prescribed;
  const { side } = order;
  if (!hasBluetooth() || facts.sensors === null || side === null) return false;
  if (order.ceiling !== null || facts.ceiling !== null) return false;
  const leg = swingsLeg(prescribed);
  if (rangeLimits.some((limit) => forbids(limit, leg, side))) return false;
  const helper = [...exercises, ...tests, ...endurance].some((one) => one.helper);
  return !leg || (weightBearing === 'full' && !helper && facts.balance === 'single_leg');
}

export const canSense = ({ order }: Prescribed) => hasBluetooth() && order.muscle !== null;

/**
 * The exercise with the clinic's target for a muscle as what counts; undefined without one. Its `exercise` is to be
 * released, too.
 */
export function asMuscle<Shape extends ShownExercise>({
  order,
  exercise,
  file,
}: Prescribed<Shape>): Prescribed<Shape> | undefined {
  const { muscle } = order;
  if (!muscle) return undefined;
  const aimed = exercise.withMuscle({ share: muscle.share / 100, hold_s: muscle.hold });
  return { order: { ...order, hold_s: muscle.hold, target: null }, exercise: aimed, file, facts: aimed.facts() };
}
