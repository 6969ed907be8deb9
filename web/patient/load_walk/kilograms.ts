// SPDX-License-Identifier: Apache-2.0
// The limit that the patient reads, and the load beside it. Pure.
import { limitKg } from '../../exercises/bearing.ts';
import type { Asked } from './asked.ts';

/** Of the body's weight: in whole kilograms, as the patient reads it, and never more than the clinic's limit. */
export const limitShare = ({ limit }: Pick<Asked, 'limit'>) => limitKg(limit) / limit.bodyMass_kg;

/** `share` of the body's weight in whole kilograms: up above the limit, else down. No limit is passed unseen. */
export function shownKg(share: number, { limit }: Pick<Asked, 'limit'>): number {
  const kg = Math.max(0, share * limit.bodyMass_kg);
  const slack = 1e-6;
  return kg > limitKg(limit) + slack ? Math.ceil(kg - slack) : Math.floor(kg + slack);
}
