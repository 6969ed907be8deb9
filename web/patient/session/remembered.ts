// SPDX-License-Identifier: Apache-2.0
// What this device remembers of earlier sessions, its own and those that it heard of from the record (recalled.ts), so
// that questions come when they are due.
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
export const FLAGS_EVERY_DAYS = 7;

/** `clear`: nothing dangerous was answered; else they are asked again at the next session. */
export interface FlagsAnswered {
  at: string;
  clear: boolean;
}

const lastKey = (account: string) => `last ${account}`;
const flagsKey = (account: string) => `flags answered ${account}`;

export async function flagsAreDue(account: string): Promise<boolean> {
  const answered = await (await localStore()).value<FlagsAnswered>(flagsKey(account));
  // A clock that was set back asks once too often, never too rarely.
  return !answered?.clear || Math.abs(Date.now() - new Date(answered.at).getTime()) >= FLAGS_EVERY_DAYS * DAY_MS;
}

export async function rememberFlags(account: string, clear: boolean) {
  const answered: FlagsAnswered = { at: new Date().toISOString(), clear };
  await (await localStore()).putValue(flagsKey(account), answered);
}

const sameDay = (a: string, b: string) => new Date(a).toDateString() === new Date(b).toDateString();
const mostOf = (...pains: (number | null | undefined)[]) => {
  const said = pains.filter((pain) => typeof pain === 'number');
  return said.length > 0 ? Math.max(...said) : null;
};

/** Of one day both; else the later one. */
export function joined(here: Last, there: Last): Last {
  const [early, late] = Date.parse(here.endedAt) <= Date.parse(there.endedAt) ? [here, there] : [there, here];
  if (!sameDay(early.endedAt, late.endedAt)) return late;
  return {
    endedAt: late.endedAt,
    painBefore: late.painBefore ?? early.painBefore,
    painMost: mostOf(early.painMost, late.painMost),
    effort: late.effort ?? early.effort ?? null,
    done: [...new Set([...early.done, ...late.done])],
    followedUp: early.followedUp || late.followedUp,
  };
}

/** What the record knows of sessions on any device. */
export async function keepRecalled(
  account: string,
  { last, flags }: { last: Last | undefined; flags: FlagsAnswered | undefined },
) {
  const kept = await localStore();
  if (last) {
    const here = await kept.value<Last>(lastKey(account));
    await kept.putValue(lastKey(account), here ? joined(here, last) : last);
  }
  if (flags) {
    const here = await kept.value<FlagsAnswered>(flagsKey(account));
    // The answers given here may not be in the record yet.
    if (!here || Date.parse(here.at) < Date.parse(flags.at)) await kept.putValue(flagsKey(account), flags);
  }
}

export async function keepLast(account: string, session: Session) {
  const pains = painsOf(session);
  const kept = await localStore();
  const before = await kept.value<Last>(lastKey(account));
  const done = doneIn(session)
    .filter(({ sets }) => sets.length > 0)
    .map(({ request }) => request);
  const last: Last = {
    endedAt: new Date().toISOString(),
    painBefore: session.painBefore ?? null,
    painMost: pains.length > 0 ? Math.max(...pains) : null,
    effort: session.effort ?? null,
    done: [...new Set(done)],
    followedUp: false,
  };
  const today = before && sameDay(before.endedAt, last.endedAt);
  await kept.putValue(lastKey(account), today ? { ...joined(before, last), followedUp: false } : last);
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
