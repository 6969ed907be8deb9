import type { Prescription } from './prescription.ts';

/** The order that a series of an exercise and side belongs to. */
export const orderFor = (
  prescription: Prescription | undefined,
  exercise: string,
  side: 'left' | 'right' | undefined,
) =>
  prescription?.exercises.find(
    ({ order }) => order.id === exercise && (order.side === null || side === undefined || order.side === side),
  );

/** Target and ceiling of a range as it is prescribed; nothing where it is not, or where another measure is. */
export function limitsFor(
  prescription: Prescription | undefined,
  {
    exercise,
    side,
    measure,
  }: { exercise?: string | undefined; side?: 'left' | 'right' | undefined; measure?: string | undefined },
) {
  const found = exercise === undefined ? undefined : orderFor(prescription, exercise, side);
  return found && found.facts.measure === measure
    ? { target: found.order.target ?? found.facts.target, ceiling: found.facts.ceiling }
    : undefined;
}
