import { useCallback, useEffect, useState } from 'react';
import { shelf } from '../../record/kept.ts';
import { askRecord, failureOf, type Failure } from '../../source/api.ts';
import { useAccount } from '../../source/session.ts';
import { setsOf, type Observation, type Procedure, type SetSeen } from './history.ts';

export interface History {
  sets: SetSeen[];
  at: string;
  /** Why it was not asked for now. */
  failure?: Failure;
}

/** How far back it goes. */
const DAYS = 90;
const CODES = ['repetitions', 'movement-quality', 'best-range', 'mean-range'].map((code) => `urn:reprise:observation%7C${code}`).join(',');

const resourcesIn = <T,>(bundle: string) => ((JSON.parse(bundle) as { entry?: { resource: T }[] }).entry ?? []).map(({ resource }) => resource);

async function asked(account: string, patient: string): Promise<History> {
  const kept = await shelf();
  const key = `history ${account}`;
  const from = new Date(Date.now() - DAYS * 24 * 3600_000).toISOString().slice(0, 10);
  try {
    const [procedures, observations] = await Promise.all([
      askRecord(`Procedure?subject=Patient/${patient}&date=ge${from}&_sort=-date&_count=1000`),
      askRecord(`Observation?subject=Patient/${patient}&code=${CODES}&date=ge${from}&_sort=-date&_count=1000`),
    ]);
    const history = { sets: setsOf(resourcesIn<Procedure>(procedures), resourcesIn<Observation>(observations)), at: new Date().toISOString() };
    await kept.putValue(key, history).catch(() => {});
    return history;
  } catch (error) {
    const failure = failureOf(error);
    const before = await kept.value<History>(key);
    if (!before || failure.code === 'no-session') throw failure;
    return { ...before, failure };
  }
}

/** From the record; without a network as it was kept. */
export function useHistory() {
  const { account: { id, person } } = useAccount();
  const [value, setValue] = useState<History>();
  const [failure, setFailure] = useState<Failure>();
  const reload = useCallback(async () => {
    setFailure(undefined);
    try {
      setValue(await asked(id, person ?? ''));
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, [id, person]);
  useEffect(() => { void reload(); }, [reload]);
  return { value, failure, reload };
}
