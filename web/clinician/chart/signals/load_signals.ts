// SPDX-License-Identifier: Apache-2.0
// The measurement documents that the record keeps: what a patient gave, or a program brought.
import type { Binary, DocumentReference } from 'fhir/r4';
import { fhirRead } from '../../../data/api.ts';
import { searchAll } from '../../../data/fhir_search.ts';
import { codeOf } from '../../../fhir/results.ts';
import { SENSED_KINDS, type SensedKind } from '../../../fhir/sensed.ts';
import { stillAllowed } from '../../../clinical/chart/load.ts';
import { plotsIn, type SignalPlot } from './signal_document.ts';

export interface KeptSignals {
  kind: SensedKind;
  /** With its zone. */
  at: string;
  /** "Binary/ID" */
  address: string;
}

const OF_MEASUREMENTS = 'urn:reprise:document%7Cmeasurement';

/** The newest first. */
export async function loadSignals(patient: string): Promise<KeptSignals[]> {
  const documents = await stillAllowed(
    patient,
    searchAll<DocumentReference>(
      'DocumentReference',
      `?subject=Patient/${patient}&type=${OF_MEASUREMENTS}&_sort=-date&_count=200`,
    ),
  );
  return documents.flatMap(({ status, category, context, content }) => {
    const kind = SENSED_KINDS.find((one) => category?.some((of) => codeOf(of, 'urn:reprise:measurement') === one));
    const address = content?.[0]?.attachment.url;
    const at = context?.period?.start;
    const isReadable = address !== undefined && /^Binary\/[A-Za-z0-9.-]{1,64}$/.test(address);
    return status === 'current' && kind && at && isReadable ? [{ kind, at, address }] : [];
  });
}

/** Throws a Failure, or an Error where the file is no measurement document. */
export async function loadPlots(address: string): Promise<SignalPlot[]> {
  const { data = '' } = JSON.parse(await fhirRead(address)) as Binary;
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  return plotsIn(new TextDecoder().decode(bytes));
}
