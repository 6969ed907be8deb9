// SPDX-License-Identifier: Apache-2.0
// Which direction of a charted value is better, by the engine's table (care/outcome/direction_of_improvement.h). Pure,
// apart from the engine.
import type { Better, Reprise } from 'reprise-engine';
import { orderFor } from './order_for.ts';
import type { Prescription } from './prescription.ts';
import type { Measurable } from './goals.ts';

/**
 * A range is judged by its exercise as it is prescribed; without a prescription, by which of its ends was the farther
 * one.
 */
export function betterOf(
  reprise: Pick<Reprise, 'better'>,
  { kind, exercise, side, measure, rising }: Measurable,
  prescription: Prescription | undefined,
): Better {
  const facts = kind === 'range' && exercise !== undefined ? orderFor(prescription, exercise, side)?.facts : undefined;
  return reprise.better(
    kind,
    facts && facts.measure === measure
      ? { rising: facts.target > facts.rest, held: facts.kind === 'hold' }
      : { rising, held: measure === 'muscle_activity' }, // more tension is not better
  );
}
