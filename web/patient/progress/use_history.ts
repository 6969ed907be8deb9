// SPDX-License-Identifier: Apache-2.0
import type { Observation, Procedure } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { networkFirst } from '../../data/network_first.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { useAccount } from '../../data/session.ts';
import { setsOf, type SetSeen } from './history.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { DAY_MS } from '../../fhir/durations.ts';

/** How far back it goes. */
const DAYS = 90;
const CODES = ['repetitions', 'movement-quality', 'best-range', 'mean-range']
  .map((code) => `urn:reprise:observation%7C${code}`)
  .join(',');

async function asked(patient: string): Promise<SetSeen[]> {
  const from = new Date(Date.now() - DAYS * DAY_MS).toISOString().slice(0, 10);
  const [procedures, observations] = await Promise.all([
    searchAll<Procedure>('Procedure', `?subject=Patient/${patient}&date=ge${from}&_sort=-date&_count=1000`),
    searchAll<Observation>(
      'Observation',
      `?subject=Patient/${patient}&code=${CODES}&date=ge${from}&_sort=-date&_count=1000`,
    ),
  ]);
  return setsOf(procedures, observations);
}

/** From the record; without a network as it was kept. */
export function useHistory() {
  const {
    account: { id, person },
  } = useAccount();
  return useQuery({
    queryKey: queryKeys.history(id),
    queryFn: () => networkFirst(`history ${id}`, () => asked(person ?? '')),
  });
}
