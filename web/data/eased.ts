// SPDX-License-Identifier: Apache-2.0
// The level that a balance session on this device fell to. It binds also where the session never reaches the record: it
// was not sent, not finished, or is too old.
import type { BalanceRequest } from 'reprise-engine';
import { localStore } from './local_store.ts';

interface Eased {
  /** Of the session, in UTC. */
  startedAt: string;
  /** Index of the level that comes next. */
  level: number;
}

const key = (account: string, request: string) => `eased ${account} ${request}`;

export const rememberEased = async (account: string, request: string, eased: Eased) =>
  (await localStore()).putValue(key(account, request), eased);

/** The record counts whole seconds. */
const whole_s = (time_ms: number) => Math.floor(time_ms / 1000);

/** The request at no harder level, until there is a result of that session or of a later one. */
export function cappedBy(asked: BalanceRequest, eased: Eased | undefined): BalanceRequest {
  if (!eased || asked.level <= eased.level) return asked;
  const from_s = whole_s(new Date(eased.startedAt).getTime());
  const isKnown = asked.results.some(({ time_ms }) => whole_s(time_ms) >= from_s);
  return isKnown ? asked : { ...asked, level: eased.level };
}

export async function withEased(account: string, all: readonly BalanceRequest[]): Promise<BalanceRequest[]> {
  const store = await localStore();
  return Promise.all(all.map(async (one) => cappedBy(one, await store.value<Eased>(key(account, one.request)))));
}
