// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { loadProgramme, loadStoredProgramme } from '../data/programme.ts';
import { queryKeys } from '../data/query_keys.ts';
import { useAccount } from '../data/session.ts';

/** Loads the programme of the patient who is signed in. */
export function useProgramme() {
  const {
    account: { id, person },
  } = useAccount();
  return useQuery({ queryKey: queryKeys.programme(id), queryFn: () => loadProgramme(id, person ?? '') });
}

/**
 * Loads the programme to look at: as this device stored it until the record has answered, where the patient has agreed
 * to use the app.
 */
export function useProgrammeAtOnce() {
  const {
    account: { id },
  } = useAccount();
  const { data, error, refetch } = useProgramme();
  const { data: stored } = useQuery({
    queryKey: queryKeys.storedProgramme(id),
    queryFn: async () => (await loadStoredProgramme(id)) ?? null,
  });
  const before = stored?.programme?.consents.appUse ? stored : undefined;
  return { data: data ?? (error ? undefined : before), error, refetch };
}
