// SPDX-License-Identifier: Apache-2.0
import { useEffect, useReducer } from 'react';
import { Failure } from '../data/api.ts';

const TICK_MS = 250;

/** Counts down the seconds until the server accepts another attempt; 0: try at any time. */
export function useRetryWait(error: Error | null | undefined): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  const wait = error instanceof Failure ? Math.max(0, Math.ceil((error.retryAt - Date.now()) / 1000)) : 0;
  const isWaiting = wait > 0;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return wait;
}
