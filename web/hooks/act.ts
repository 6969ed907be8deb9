import { useCallback, useEffect, useState } from 'react';
import { failureOf, type Failure } from '../data/api.ts';

/** Seconds that are left of a failure's wait; 0: none. */
function useWait(failure: Failure | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = Date.now() + (failure?.waitSeconds ?? 0) * 1000;
    const count = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    count();
    if (!failure?.waitSeconds) return undefined;
    const ticking = setInterval(count, 250);
    return () => clearInterval(ticking);
  }, [failure]);
  return left;
}

/** Something that the reader asks for: whether it is under way, and why it failed. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const wait = useWait(failure);
  /** True: done. */
  const act = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, failure, wait, act };
}
