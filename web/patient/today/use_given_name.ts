// SPDX-License-Identifier: Apache-2.0
import type { Patient } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { fhirRead } from '../../data/api.ts';
import { networkFirst } from '../../data/network_first.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';

/** The signed-in patient's given name; undefined until it is known. */
export function useGivenName() {
  const {
    account: { id, person },
  } = useAccount();
  const { data } = useQuery({
    queryKey: queryKeys.givenName(id),
    queryFn: () =>
      networkFirst(`person ${id}`, async () => {
        const { name = [] } = JSON.parse(await fhirRead(`Patient/${person ?? ''}`)) as Patient;
        return (name.find(({ use }) => use === 'usual') ?? name.find(({ use }) => use !== 'old'))?.given?.[0] ?? null;
      }),
    enabled: person !== undefined,
  });
  return data?.value ?? undefined;
}
