// SPDX-License-Identifier: Apache-2.0
// The session that is under way on this device.
import { localStore } from '../../data/local_store.ts';
import { begun, chosen, isOver, resumed, type Dose, type Session } from './flow.ts';
import { flagsAreDue, morningIsDue, painToday } from './remembered.ts';

/** After so long another one is begun. */
const LASTS_MS = 12 * 3600_000;

const key = (account: string) => `session ${account}`;

/** Nothing where none is under way, or where it is of another programme than these requests. */
export async function openSession(account: string, requests: readonly string[]): Promise<Session | undefined> {
  const before = await (await localStore()).value<Session>(key(account));
  const same =
    before &&
    !isOver(before) &&
    before.exercises.length === requests.length &&
    before.exercises.every(({ request }, i) => request === requests[i]);
  return same && Math.abs(Date.now() - new Date(before.startedAt).getTime()) < LASTS_MS ? resumed(before) : undefined;
}

export async function keepSession(account: string, session: Session) {
  const kept = await localStore();
  if (isOver(session)) await kept.removeValue(key(account));
  else await kept.putValue(key(account), session);
}

/**
 * Returns the open session, or a new one, begun after `recall`; at the exercise that the patient chose, if any.
 * `recall`: hears from the record what other devices were told.
 */
export async function opened(
  account: string,
  orders: readonly Dose[],
  from: number | undefined,
  recall: () => Promise<void>,
): Promise<Session> {
  const before = await openSession(
    account,
    orders.map(({ request }) => request),
  );
  if (before) return from === undefined ? before : chosen(before, from);
  await recall();
  const [flagsDue, morningDue, pain] = await Promise.all([
    flagsAreDue(account),
    morningIsDue(account),
    painToday(account),
  ]);
  return begun(orders, {
    id: crypto.randomUUID(),
    at: new Date(),
    flagsDue,
    morningDue,
    ...(from !== undefined && { from }),
    ...(pain !== undefined && { painToday: pain }),
  });
}
