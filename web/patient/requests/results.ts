// SPDX-License-Identifier: Apache-2.0
// What a measurement of the patient's own leaves for the record: the transaction of its values, and only if the patient
// gives them, the curves.
import type { MeasuredResult, Programme, Reprise, RequestTerms } from 'reprise-engine';
import { rememberAnswered } from '../../data/answered.ts';
import { post } from '../../data/outbox.ts';
import { localTime } from '../../fhir/local_time.ts';

export interface Measured {
  id: string;
  result: MeasuredResult;
  start: string;
  end: string;
  simulated: boolean;
}

/** `startedAt`, `endedAt`: in UTC. */
export const measuredNow = (
  result: MeasuredResult,
  startedAt: string,
  endedAt: string,
  simulated: boolean,
): Measured => ({
  id: crypto.randomUUID(),
  result,
  start: localTime(new Date(startedAt)),
  end: localTime(new Date(endedAt)),
  simulated,
});

/** Keeps the result on the device; it is sent as soon as that is possible. `share`: with its curves. */
export async function keepMeasured(
  reprise: Reprise,
  account: string,
  { patient }: Programme,
  { request }: RequestTerms,
  { id, result, start, end }: Measured,
  share: boolean,
) {
  const recording = share ? crypto.randomUUID() : null;
  const bundle = reprise.measurementBundle({ id, patient, request, start, end, document: result.document, recording });
  await post({ id, kind: 'measurement', bundle });
  // Until the record shows it: without a network it is not asked for again.
  await rememberAnswered(account, `test ${request}`, id, {
    resourceType: 'Observation',
    status: 'final',
    basedOn: [{ reference: `ServiceRequest/${request}` }],
    effectivePeriod: { start },
  }).catch(() => {});
}
