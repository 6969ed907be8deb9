// SPDX-License-Identifier: Apache-2.0
import type { Communication, Observation, Procedure } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { failureOf, fhirRead } from '../../../data/api.ts';
import { searchAll } from '../../../data/fhir_search.ts';
import { localStore } from '../../../data/local_store.ts';
import { queryKeys } from '../../../data/query_keys.ts';
import { useAccount } from '../../../data/session.ts';
import { resourcesIn } from '../../../fhir/resources.ts';
import { dayOf } from '../../../fhir/results.ts';
import type { Marks } from '../../learn/pieces.ts';
import { DEEDS, deedsOf, knownDeeds, newDeeds, type Deed, type Done } from './deeds.ts';

const keptKey = (account: string) => `deeds ${account}`;
const toldKey = (account: string) => `deeds told ${account}`;
const marksKey = (account: string) => `pieces ${account}`;

const counts = ({ status }: { status?: string }) => status !== 'entered-in-error' && status !== 'not-done';

/** All that the record has, without an end of time. */
async function asked(patient: string): Promise<Omit<Done, 'read'>> {
  const of = `subject=Patient/${patient}`;
  const [procedures, repetitions, messages] = await Promise.all([
    searchAll<Procedure>('Procedure', `?${of}&_elements=status,performed&_sort=-date&_count=1000`),
    searchAll<Observation>(
      'Observation',
      `?${of}&code=urn:reprise:observation%7Crepetitions&_elements=status,value&_sort=-date&_count=1000`,
    ),
    fhirRead(`Communication?${of}&sender=Patient/${patient}&_elements=status&_count=1`),
  ]);
  return {
    days: procedures.filter(counts).flatMap(({ performedPeriod }) => {
      const start = performedPeriod?.start;
      return start ? [dayOf(new Date(start))] : [];
    }),
    repetitions: repetitions.filter(counts).reduce((sum, { valueInteger = 0 }) => sum + valueInteger, 0),
    asked: resourcesIn<Communication>([messages], 'Communication').length > 0,
  };
}

/** Asks the record only where a deed is left. Without a network: those that the device knows. */
async function load(account: string, patient: string): Promise<{ earned: Deed[]; fresh: Deed[] }> {
  const device = await localStore();
  const before = knownDeeds(await device.value(keptKey(account)));
  const told = await device.value(toldKey(account));
  const read = (await device.value<Marks>(marksKey(account)))?.read.length ?? 0;
  const nothing = { days: [], repetitions: 0, asked: false };
  const done =
    before.length === DEEDS.length
      ? nothing
      : await asked(patient).catch((error: unknown) => {
          if (failureOf(error).code !== 'unreachable') throw error;
          return nothing;
        });
  const earned = deedsOf({ ...done, read }, before);
  await device.putValue(keptKey(account), earned);
  return { earned, fresh: newDeeds(earned, told === undefined ? undefined : knownDeeds(told)) };
}

export function useDeeds() {
  const {
    account: { id, person },
  } = useAccount();
  return useQuery({ queryKey: queryKeys.deeds(id), queryFn: () => load(id, person ?? '') });
}

/** The patient was told of these. */
export const rememberTold = async (account: string, earned: readonly Deed[]) =>
  (await localStore()).putValue(toldKey(account), earned);
