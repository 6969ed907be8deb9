// SPDX-License-Identifier: Apache-2.0
// What the programme asks for, as the engine reads it, so that chart and coach never disagree.
import type { Programme, Reprise } from 'reprise-engine';
import { RepriseError } from 'reprise-programme';
import { prescribedFrom, type Prescribed } from '../../exercises/prescribed.ts';

export interface Prescription {
  programme: Programme;
  exercises: Prescribed[];
}

/** Nothing where the patient has no programme. `trouble`: it cannot be read, and why. */
export function prescriptionOf(
  reprise: Reprise,
  bundles: readonly string[],
): { prescription?: Prescription; trouble?: string } {
  try {
    const programme = reprise.programme(bundles);
    return {
      prescription: { programme, exercises: programme.exercises.map((order) => prescribedFrom(reprise, order)) },
    };
  } catch (error) {
    if (!(error instanceof RepriseError)) throw error;
    return error.code === 'not_found' ? {} : { trouble: error.found };
  }
}
