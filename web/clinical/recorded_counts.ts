// SPDX-License-Identifier: Apache-2.0
// Counts of a test of function from "Go" on by one camera, as the record has them.
import type { Observation } from 'fhir/r4';
import { searchAll } from '../data/fhir_search.ts';
import { methodIn } from '../fhir/methods.ts';
import { sensedIn } from '../fhir/sensed.ts';

export interface RecordedCount {
  test: string;
  count: number;
  at: string;
}

/** A test that begins with the first movement counts more. */
const METHOD = 'sit_to_stand_30_camera_go';

export function countIn(observation: Observation): RecordedCount | undefined {
  const sensed = sensedIn(observation);
  const { valueQuantity, effectivePeriod, status, method } = observation;
  if (sensed?.measure !== 'repetitions' || sensed.part === undefined || status === 'entered-in-error') return undefined;
  if (valueQuantity?.value === undefined || methodIn(method) !== METHOD) return undefined;
  return { test: sensed.part, count: valueQuantity.value, at: effectivePeriod?.start ?? '' };
}

/** The newest first. */
export async function loadCounts(patient: string): Promise<RecordedCount[]> {
  const found = await searchAll<Observation>(
    'Observation',
    `?subject=Patient/${patient}&code=urn:reprise:signal-measure%7Crepetitions&_sort=-date&_count=500`,
  );
  return found.flatMap((one) => countIn(one) ?? []);
}
