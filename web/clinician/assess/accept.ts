// SPDX-License-Identifier: Apache-2.0
// What a clinician accepts goes into the record.
import { useMutation } from '@tanstack/react-query';
import type { KeptPosturePhoto, MeasuredResult } from 'reprise-engine';
import { Failure, sendTransaction } from '../../data/api.ts';
import { engine } from '../../data/engine.ts';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
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
async function accept(
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

export interface Accepting {
  result: MeasuredResult;
  of: Measured;
  photo?: KeptPosturePhoto | undefined;
}

/** Accepts in the clinician's name; the chart then shows it. `shown`: what else does. */
export function useAccept(
  patient: string,
  onAccepted: (accepted: Accepting) => void,
  shown: readonly (readonly (string | number)[])[] = [],
) {
  const {
    account: { person },
  } = useAccount();
  return useMutation({
    mutationFn: async ({ result, of, photo }: Accepting) => {
      if (person === undefined) throw new Failure('not-allowed');
      await accept(result, of, patient, person, photo);
    },
    onSuccess: async (_, accepted) => {
      onAccepted(accepted);
      await reload(...shown, queryKeys.chart(patient));
    },
  });
}
