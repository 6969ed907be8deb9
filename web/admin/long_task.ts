// Something long that the server does by itself: begun here, and asked for while it runs.
import { useCallback, useEffect, useState } from 'react';
import { useAct } from '../hooks/act.ts';
import { ask, Failure } from '../data/api.ts';

export interface Task<T> {
  state: 'never' | 'running' | 'done' | 'failed';
  done?: number;
  of?: number;
  beganAt?: string;
  endedAt?: string;
  result?: T;
  problem?: string;
}

const AGAIN_MS = 500;

/** `path`: below /auth/administration. */
export function useLongTask<T>(path: string) {
  const [task, setTask] = useState<Task<T>>();
  const { busy, failure, act } = useAct();
  const look = useCallback(
    () => act(async () => setTask(await ask<Task<T>>('GET', `administration/${path}`))),
    [act, path],
  );
  useEffect(() => {
    void look();
  }, [look]);
  const running = task?.state === 'running';
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      void look();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [running, look]);
  const begin = useCallback(
    () =>
      act(async () => {
        try {
          setTask(await ask<Task<T>>('POST', `administration/${path}`, {}));
        } catch (error) {
          // Another administrator began one.
          if (!(error instanceof Failure) || error.status !== 409) throw error;
          setTask(await ask<Task<T>>('GET', `administration/${path}`));
        }
      }),
    [act, path],
  );
  return { task, running: running || busy, failure, begin, look };
}
