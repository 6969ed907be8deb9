import type { Prescription } from './prescription.ts';

/** The order that a series of an exercise and side belongs to. */
export const orderFor = (prescription: Prescription | undefined, exercise: string, side: 'left' | 'right' | undefined) =>
  prescription?.exercises.find(({ order }) => order.id === exercise && (order.side === null || side === undefined || order.side === side));
