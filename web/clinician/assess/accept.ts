// SPDX-License-Identifier: Apache-2.0
// What a clinician accepts goes into the record.
import type { KeptPosturePhoto, MeasuredResult } from 'reprise-engine';
import { sendTransaction } from '../../data/api.ts';
import { engine } from '../../data/engine.ts';
import { localTime } from '../../fhir/local_time.ts';

/** UUIDs of a measurement and of its document: a repeated request changes nothing. */
export const ids = () => ({ id: crypto.randomUUID(), recording: crypto.randomUUID() });

export interface Measured {
  id: string;
  recording: string;
  startedAt: string;
  duration_s: number;
}

/** Writes the values into the record, in one transaction with the photo of a posture that is kept. */
export async function accept(
  result: MeasuredResult,
  { id, recording, startedAt, duration_s }: Measured,
  patient: string,
  practitioner: string,
  photo?: KeptPosturePhoto,
) {
  const start = new Date(startedAt);
  const bundle = (await engine()).measurementBundle({
    id,
    patient,
    practitioner,
    start: localTime(start),
    end: localTime(new Date(start.getTime() + duration_s * 1000)),
    document: result.document,
    recording,
    ...(photo && { photo }),
  });
  await sendTransaction(bundle);
}
