// SPDX-License-Identifier: Apache-2.0
// What a measurement of the patient's own leaves for the record: the transaction of its values, and only if the patient
// gives them, the curves.
import type { Observation } from 'fhir/r4';
import type { MeasuredResult, Programme, Reprise, RequestTerms } from 'reprise-engine';
import { rememberAnswered } from '../../data/answered.ts';
import { post } from '../../data/outbox.ts';
import { localTime } from '../../fhir/local_time.ts';
import { resourcesIn } from '../../fhir/resources.ts';

export interface Measured {
  id: string;
  result: MeasuredResult;
  start: string;
  end: string;
  simulated: boolean;
}

/** `startedAt`, `endedAt`: in UTC. `id`: a UUID; of one that is sent in parts, the same for each. */
export const measuredNow = (
  result: MeasuredResult,
  startedAt: string,
  endedAt: string,
  simulated: boolean,
  id: string = crypto.randomUUID(),
): Measured => ({
  id,
  result,
  start: localTime(new Date(startedAt)),
  end: localTime(new Date(endedAt)),
  simulated,
});

/**
 * Keeps the result on the device; it is sent as soon as that is possible. `asked`: the request that it follows, if any;
 * `share`: with its curves.
 */
export async function keepMeasured(
  reprise: Reprise,
  account: string,
  { patient }: Programme,
  asked: RequestTerms | undefined,
  { id, result, start, end }: Measured,
  share: boolean,
) {
  const bundle = reprise.measurementBundle({
    id,
    patient,
    ...(asked?.request && { request: asked.request }),
    start,
    end,
    document: result.document,
    recording: share ? crypto.randomUUID() : null,
  });
  await post({ id, kind: 'measurement', bundle });
  if (!asked?.request) return;
  // Until the record shows it: without a network it is not asked for again. Each one: a level of a balance programme is
  // due by several.
  const entry = resourcesIn<Observation>([bundle], 'Observation').map((one, i) => ({
    resource: { ...one, id: `${id}-${i}` },
  }));
  await rememberAnswered(account, `test ${asked.request} ${id}`, id, {
    resourceType: 'Bundle',
    type: 'collection',
    entry,
  }).catch(() => {});
}
