// SPDX-License-Identifier: Apache-2.0
// What this device remembers of earlier sessions, so that questions come when they are due.
import { localStore } from '../../data/local_store.ts';
import { doneIn, painsOf, type Session } from './flow.ts';
import { DAY_MS } from '../../fhir/durations.ts';

export interface Last {
  endedAt: string;
  painBefore: number | null;
  /** The most that was said that day. */
  painMost?: number | null;
  /** 0 to 10; absent: not asked. */
  effort?: number | null;
  /** Ids of the orders that were done. */
  done: string[];
  /** Whether the next morning was asked about. */
  followedUp: boolean;
}

/** Dangerous signs are asked for before the first session and then weekly (SAFETY.md 4). */
const FLAGS_EVERY_DAYS = 7;

const lastKey = (account: string) => `last ${account}`;
const flagsKey = (account: string) => `flags ${account}`;

export async function flagsAreDue(account: string): Promise<boolean> {
  const at = await (await localStore()).value<string>(flagsKey(account));
  // A clock that was set back asks once too often, never too rarely.
  return at === undefined || Math.abs(Date.now() - new Date(at).getTime()) >= FLAGS_EVERY_DAYS * DAY_MS;
}

/** `clear`: nothing dangerous was answered; else they are asked again at the next session. */
export async function rememberFlags(account: string, clear: boolean) {
  const kept = await localStore();
  if (clear) await kept.putValue(flagsKey(account), new Date().toISOString());
  else await kept.removeValue(flagsKey(account));
}

export async function keepLast(account: string, session: Session) {
  const pains = painsOf(session);
  const kept = await localStore();
  const now = new Date().toISOString();
  const before = await kept.value<Last>(lastKey(account));
  const sameDay = before && new Date(before.endedAt).toDateString() === new Date(now).toDateString();
  const done = doneIn(session)
    .filter(({ sets }) => sets.length > 0)
    .map(({ request }) => request);
  const last: Last = {
    endedAt: now,
    painBefore: session.painBefore ?? null,
    painMost: pains.length > 0 ? Math.max(...pains) : null,
    effort: session.effort ?? null,
    done: [...new Set([...(sameDay ? before.done : []), ...done])],
    followedUp: false,
  };
  await kept.putValue(lastKey(account), last);
}

/** The most pain that was said earlier today. */
export async function painToday(account: string): Promise<number | undefined> {
  const last = await lastSession(account);
  const today = last && new Date(last.endedAt).toDateString() === new Date().toDateString();
  return (today ? last.painMost : undefined) ?? undefined;
}

export const lastSession = async (account: string) => (await localStore()).value<Last>(lastKey(account));

/** After a session of an earlier day, once. */
export async function morningIsDue(account: string): Promise<boolean> {
  const last = await lastSession(account);
  return (
    last !== undefined &&
    last.done.length > 0 &&
    !last.followedUp &&
    new Date(last.endedAt).toDateString() !== new Date().toDateString()
  );
}

export async function rememberMorning(account: string) {
  const last = await lastSession(account);
  if (last) await (await localStore()).putValue(lastKey(account), { ...last, followedUp: true });
}
