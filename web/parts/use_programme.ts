import { useCallback, useEffect, useState } from 'react';
import { loadProgramme, type Loaded } from '../record/programme.ts';
import { failureOf, type Failure } from '../source/api.ts';
import { useAccount } from '../source/session.ts';

/** The programme of who is signed in. */
export function useProgramme() {
  // Not the account itself: it is another object whenever the server was asked who this is.
  const { account: { id, person } } = useAccount();
  const [value, setValue] = useState<Loaded>();
  const [failure, setFailure] = useState<Failure>();
  const reload = useCallback(async () => {
    setFailure(undefined);
    try {
      setValue(await loadProgramme(id, person ?? ''));
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, [id, person]);
  useEffect(() => { void reload(); }, [reload]);
  return { value, failure, reload };
}
