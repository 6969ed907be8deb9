// SPDX-License-Identifier: Apache-2.0
// What a test leaves for the record: the transaction of its measured values. The recording itself is not part of it.
import type { PhoneResult, PhoneTestRequest, Programme, Reprise } from 'reprise-engine';
import { rememberAnswered } from '../../data/answered.ts';
import { post } from '../../data/outbox.ts';
import { localTime } from '../../fhir/local_time.ts';
import type { Recorded } from './use_run.ts';

/** A measured test; undefined: the engine found no whole test in the recording. */
export interface Measured {
  id: string;
  result: PhoneResult;
  start: string;
  end: string;
  simulated: boolean;
}

export function measure(
  reprise: Reprise,
  { test, courseMeters }: PhoneTestRequest,
  { times, motion, startedAt, endedAt, simulated }: Recorded,
  programme: Programme,
): Measured | undefined {
  if (!test) return undefined;
  const isSimulated = simulated || programme.simulated;
  try {
    const result = reprise.phoneTest(
      { test, ...(courseMeters !== null && { courseMeters }), simulated: isSimulated, startedAt },
      times,
      motion,
    );
    if (result.values.length === 0) return undefined;
    const [start, end] = [localTime(new Date(startedAt)), localTime(new Date(endedAt))];
    return { id: crypto.randomUUID(), result, start, end, simulated: isSimulated };
  } catch {
    return undefined; // the engine's reason is for a developer; the page says what to change
  }
}

/** Keeps the result on the device; it is sent as soon as that is possible. */
export async function keepMeasured(
  reprise: Reprise,
  account: string,
  { patient }: Programme,
  { request }: PhoneTestRequest,
  { id, result, start, end }: Measured,
) {
  const bundle = reprise.measurementBundle({ id, patient, request, start, end, document: result.document });
  await post({ id, kind: 'measurement', bundle });
  // Until the record shows it: without a network the test is not asked for again.
  await rememberAnswered(account, `test ${request}`, id, {
    resourceType: 'Observation',
    status: 'final',
    basedOn: [{ reference: `ServiceRequest/${request}` }],
    effectivePeriod: { start },
  }).catch(() => {});
}
