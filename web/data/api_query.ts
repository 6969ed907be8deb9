// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from '@tanstack/react-query';
import { ask } from './api.ts';
import { queryKeys } from './query_keys.ts';

/** Options of a query that reads a path of the app's own API, below /auth. */
export const apiQuery = <T>(path: string) =>
  queryOptions({ queryKey: queryKeys.api(path), queryFn: () => ask<T>('GET', path) });
