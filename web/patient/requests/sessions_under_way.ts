// SPDX-License-Identifier: Apache-2.0
// A session that is under way on this device: a reload does not lose it.
import { localStore } from '../../data/local_store.ts';

interface Session {
  /** Id of the ServiceRequest. */
  request: string;
  /** In UTC. */
  startedAt: string;
}

/** An older one is not gone on with. Unsourced default, as of an exercise session. */
const LASTS_MS = 12 * 3600_000;

export const isRecent = ({ startedAt }: Session, now: Date) =>
  Math.abs(now.getTime() - new Date(startedAt).getTime()) < LASTS_MS;

/** Those of one kind; an account has one of each request. Rejects where the device cannot be read or written. */
export function keptSessions<One extends Session>(kind: string) {
  const key = (account: string, request: string) => `${kind} ${account} ${request}`;
  return {
    find: async (account: string, request: string) => (await localStore()).value<One>(key(account, request)),
    keep: async (account: string, one: One) => (await localStore()).putValue(key(account, one.request), one),
    forget: async (account: string, request: string) => (await localStore()).removeValue(key(account, request)),
  };
}
