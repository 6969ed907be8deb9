// SPDX-License-Identifier: Apache-2.0
// Starts a long task of the server and polls it while it runs.
import { useMutation, useQuery } from '@tanstack/react-query';
import { ask, Failure } from '../data/api.ts';
import { queryClient } from '../data/query_client.ts';
import { queryKeys } from '../data/query_keys.ts';

export interface Task<T> {
  state: 'never' | 'running' | 'done' | 'failed';
  done?: number;
  of?: number;
  beganAt?: string;
  endedAt?: string;
  result?: T;
  problem?: string;
}

const POLL_MS = 500;

/** Returns the task and a function that starts it. `path`: below /auth/administration. */
export function useLongTask<T>(path: string) {
  const address = `administration/${path}`;
  const queryKey = queryKeys.api(address);
  const load = () => ask<Task<T>>('GET', address);
  const task = useQuery({
    queryKey,
    queryFn: load,
    refetchInterval: ({ state: { data } }) => data?.state === 'running' && POLL_MS,
    refetchIntervalInBackground: true,
  });
  const begin = useMutation({
    mutationFn: () =>
      ask<Task<T>>('POST', address, {}).catch((error: unknown) => {
        // Another administrator has started one.
        if (error instanceof Failure && error.status === 409) return load();
        throw error;
      }),
    onSuccess: (begun) => queryClient.setQueryData(queryKey, begun),
  });
  return {
    task: task.data,
    running: task.data?.state === 'running' || begin.isPending,
    failure: begin.error ?? task.error,
    begin: () => begin.mutate(),
  };
}
