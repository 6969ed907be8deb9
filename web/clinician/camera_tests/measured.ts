// SPDX-License-Identifier: Apache-2.0
// What a test by camera gave, beside what the record has of it.
import type { Observation } from 'fhir/r4';
import type { MeasuredNow, MeasuredResult } from 'reprise-engine';
import { searchAll } from '../../data/fhir_search.ts';
import { isSameMethod, methodOf, type Method } from '../../fhir/methods.ts';
import { sensedIn } from '../../fhir/sensed.ts';
import { sideIn } from '../../clinical/chart/records.ts';

/** How it was measured, as its document says: only values by one method are compared. */
export function methodOfResult({ document }: MeasuredResult): Method {
  const { method, method_code: code } = JSON.parse(document) as { method: string; method_code?: string };
  return { code, text: method };
}

export interface Last {
  measure: string;
  part: string | null;
  side: 'left' | 'right' | null;
  value: number;
  at: string;
}

export function lastIn(observation: Observation, method: Method): Last | undefined {
  const sensed = sensedIn(observation);
  const { valueQuantity, effectivePeriod, bodySite, status } = observation;
  if (!sensed || valueQuantity?.value === undefined || status === 'entered-in-error') return undefined;
  if (!isSameMethod(methodOf(observation.method), method)) return undefined;
  return {
    measure: sensed.measure,
    part: sensed.part ?? null,
    side: sideIn(bodySite ? [bodySite] : undefined) ?? null,
    value: valueQuantity.value,
    at: effectivePeriod?.start ?? '',
  };
}

/** The record's values of these measures by the same method, the newest first. */
export async function loadLast(patient: string, result: MeasuredResult): Promise<Last[]> {
  const measures = [...new Set(result.values.map(({ measure }) => measure))];
  const codes = measures.map((measure) => `urn:reprise:signal-measure%7C${measure}`).join(',');
  const found = await searchAll<Observation>(
    'Observation',
    `?subject=Patient/${patient}&code=${codes}&_sort=-date&_count=500`,
  );
  const method = methodOfResult(result);
  return found.flatMap((one) => lastIn(one, method) ?? []);
}

export const lastOf = (value: MeasuredNow, all: readonly Last[]) =>
  all.find(({ measure, part, side }) => measure === value.measure && part === value.part && side === value.side);
