// SPDX-License-Identifier: Apache-2.0
import type { Prescription } from './prescription.ts';

/** Returns the order of an exercise and side. */
export const orderFor = (
  prescription: Prescription | undefined,
  exercise: string,
  side: 'left' | 'right' | undefined,
) =>
  prescription?.exercises.find(
    ({ order }) => order.id === exercise && (order.side === null || side === undefined || order.side === side),
  );

/** Returns target and ceiling of a range; undefined if it is not prescribed, or with another measure. */
export function limitsFor(
  prescription: Prescription | undefined,
  {
    exercise,
    side,
    measure,
  }: { exercise?: string | undefined; side?: 'left' | 'right' | undefined; measure?: string | undefined },
) {
  const found = exercise === undefined ? undefined : orderFor(prescription, exercise, side);
  if (measure === 'muscle_activity')
    return found?.order.muscle ? { target: found.order.muscle.share / 100, ceiling: null } : undefined;
  return found && found.facts.measure === measure
    ? { target: found.order.target ?? found.facts.target, ceiling: found.facts.ceiling }
    : undefined;
}
