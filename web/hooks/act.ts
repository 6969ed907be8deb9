import { useCallback, useEffect, useState } from 'react';
import { ask, failureOf, type Failure } from '../data/api.ts';

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

/** What `load` brings: nothing until it is there. `load` must stay the same function until something else is wanted. */
export function useLoaded<T>(load: () => Promise<T>) {
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState<Failure>();
  const reload = useCallback(async () => {
    setFailure(undefined);
    try {
      setValue(await load());
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, [load]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { value, failure, reload };
}

/** What the server says at a path. */
export const useAsked = <T>(path: string) => useLoaded(useCallback(() => ask<T>('GET', path), [path]));
