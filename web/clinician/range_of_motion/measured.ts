// SPDX-License-Identifier: Apache-2.0
// The ranges of motion that the record has, and what a new measurement leaves for it.
import type { Observation } from 'fhir/r4';
import type { MeasuredResult, RangeTrial } from 'reprise-engine';
import { engine } from '../../data/engine.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { sensedIn } from '../../fhir/sensed.ts';
import { sideIn } from '../../clinical/chart/records.ts';
import type { RangeTest } from './range_tests.ts';

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

/** The words of session/measurements/range_of_motion.cpp. */
const METHODS: readonly [RegExp, Method][] = [
  [/camera/, 'camera'],
  [/inclinometer/, 'inclinometer'],
  [/goniometer/, 'goniometer'],
];

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
    method: METHODS.find(([words]) => words.test(observation.method?.text ?? ''))?.[1],
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

export interface Measurement {
  /** UUIDs of the measurement and of its document: a repeated request changes nothing. */
  id: string;
  recording: string;
  test: RangeTest;
  method: Method;
  passive: boolean;
  trials: RangeTrial[];
  warnings: MeasuredResult['warnings'];
  startedAt: string;
  duration_s: number;
}

export interface Person {
  age: number | undefined;
  sex: string | undefined;
}

/** Sums up the trials; throws where there is nothing to sum up. */
export async function summed(
  { test, method, passive, trials, warnings, startedAt, duration_s }: Measurement,
  { age, sex }: Person,
  simulated: boolean,
): Promise<MeasuredResult> {
  return (await engine()).rangeOfMotion({
    tests: [{ ...test.source, method, passive, trials }],
    age: age ?? null,
    sex: sex === 'female' || sex === 'male' ? sex : null,
    startedAt,
    duration_s,
    simulated,
    warnings,
  });
}
