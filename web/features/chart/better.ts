// Which way is better, of everything that a chart shows: the one table. Pure.
import type { Better } from '../../parts/amount.ts';
import { orderFor } from './order_for.ts';
import type { Prescription } from './prescription.ts';
import type { Measurable } from './goals.ts';

/** Effort has no better end: what is wanted is prescribed. Of a score of a questionnaire nothing is known. */
const TABLE: Record<Exclude<Measurable['kind'], 'range'>, Better> = { pain: 'lower', effort: 'none', quality: 'higher', score: 'none' };

/** Of a range as the exercise has it: towards its target from where it begins; of one that is held none, since its measure only says how to stand. */
export function betterOf({ kind, exercise, side, measure, rising }: Measurable, prescription: Prescription | undefined): Better {
  if (kind !== 'range') return TABLE[kind];
  const facts = exercise === undefined ? undefined : orderFor(prescription, exercise, side)?.facts;
  if (facts?.measure === measure && facts) return facts.kind === 'hold' ? 'none' : facts.target > facts.rest ? 'higher' : 'lower';
  return rising ? 'higher' : 'lower';
}
