// SPDX-License-Identifier: Apache-2.0
// The ranges of motion that the record has.
import type { Observation } from 'fhir/r4';
import { searchAll } from '../data/fhir_search.ts';
import { methodIn } from '../fhir/methods.ts';
import { sensedIn } from '../fhir/sensed.ts';
import { sideIn } from './chart/records.ts';

export type Side = 'left' | 'right';
export type Method = 'camera' | 'inclinometer' | 'goniometer';

/** One value of the record. */
export interface Recorded {
  id: string;
  test: string;
  passive: boolean;
  method: Method | undefined;
  side: Side | undefined;
  degrees: number;
  uncertainty: number | undefined;
  at: string;
}

const PASSIVE = '_passive';

const METHODS: Readonly<Record<string, Method>> = {
  range_camera: 'camera',
  range_inclinometer: 'inclinometer',
  range_goniometer: 'goniometer',
};

export function recordedIn(observation: Observation): Recorded | undefined {
  const sensed = sensedIn(observation);
  const { id, valueQuantity, effectivePeriod, bodySite, status } = observation;
  if (sensed?.measure !== 'joint_range' || sensed.part === undefined || status === 'entered-in-error') return undefined;
  if (id === undefined || valueQuantity?.value === undefined) return undefined;
  const passive = sensed.part.endsWith(PASSIVE);
  return {
    id,
    test: passive ? sensed.part.slice(0, -PASSIVE.length) : sensed.part,
    passive,
    method: METHODS[methodIn(observation.method) ?? ''],
    side: sideIn(bodySite ? [bodySite] : undefined),
    degrees: valueQuantity.value,
    uncertainty: sensed.uncertainty,
    at: effectivePeriod?.start ?? '',
  };
}

/** The newest first. */
export async function loadRecorded(patient: string): Promise<Recorded[]> {
  const found = await searchAll<Observation>(
    'Observation',
    `?subject=Patient/${patient}&code=urn:reprise:signal-measure%7Cjoint_range&_sort=-date&_count=500`,
  );
  return found.flatMap((one) => recordedIn(one) ?? []);
}
