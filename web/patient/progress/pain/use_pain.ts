// SPDX-License-Identifier: Apache-2.0
import type { Observation } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { searchAll } from '../../../data/fhir_search.ts';
import { networkFirst } from '../../../data/network_first.ts';
import { queryKeys } from '../../../data/query_keys.ts';
import { useAccount } from '../../../data/session.ts';
import { DAY_MS } from '../../../fhir/durations.ts';
import { painsOf } from './pain.ts';

/** How far back it goes, as the rest of the page. */
const DAYS = 90;

async function asked(patient: string) {
  const from = new Date(Date.now() - DAYS * DAY_MS).toISOString().slice(0, 10);
  const query = `?subject=Patient/${patient}&code=http://loinc.org%7C72514-3&date=ge${from}&_sort=-date&_count=1000`;
  return painsOf(await searchAll<Observation>('Observation', query));
}

/** From the record; without a network as it was kept. */
export function usePain() {
  const {
    account: { id, person },
  } = useAccount();
  return useQuery({
    queryKey: queryKeys.painHistory(id),
    queryFn: () => networkFirst(`pain ${id}`, () => asked(person ?? '')),
  });
}
