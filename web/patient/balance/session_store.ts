// SPDX-License-Identifier: Apache-2.0
// The balance session that is under way on this device: a reload loses no hold that was done.
import type { BalanceRequest, BalanceSession, Reprise } from 'reprise-engine';
import { rememberEased } from '../../data/eased.ts';
import { isRecent, keptSessions } from '../requests/sessions_under_way.ts';

/** Where the phone is: `beside`, within reach of a touch, or in the pocket, where it measures sway. */
export type Place = 'beside' | 'pocket';

export type DoneHold = BalanceSession['holds'][number];

export interface Kept {
  /** Of the measurement. */
  id: string;
  request: string;
  /** In UTC. */
  startedAt: string;
  /** Index of the level. */
  beganAt: number;
  holds: readonly DoneHold[];
  simulated: boolean;
  /** Today's first answer. */
  painBefore?: number | undefined;
}

export const newSession = (request: string, beganAt: number, painBefore?: number): Kept => ({
  id: crypto.randomUUID(),
  request,
  startedAt: new Date().toISOString(),
  beganAt,
  holds: [],
  simulated: false,
  painBefore,
});

const sessions = keptSessions<Kept>('balance');

/** Whether the ladder still has the levels that were done. */
const fits = ({ holds, beganAt }: Kept, { levels, releasedLevels }: BalanceRequest) =>
  beganAt < releasedLevels &&
  holds.every(({ part, side }) => levels.some((one) => one.part === part && one.side === side));

/** Whether the patient would do the same by both. */
export const isSameOrder = (one: BalanceRequest, other: BalanceRequest) =>
  (['level', 'levels', 'helper', 'supportNote', 'instruction'] as const).every(
    (part) => JSON.stringify(one[part]) === JSON.stringify(other[part]),
  );

/** The session that is under way, or a new one. `old`: there was one that is not gone on with; it is forgotten. */
export async function keptSession(
  account: string,
  asked: BalanceRequest,
  now = new Date(),
): Promise<{ kept: Kept; old: boolean }> {
  const kept = await sessions.find(account, asked.request);
  const recent = kept !== undefined && isRecent(kept, now);
  const old = kept !== undefined && kept.holds.length > 0;
  if (kept && recent && old && fits(kept, asked)) return { kept, old: false };
  // Pain is compared with today's first answer, also where its session is not gone on with.
  const next = newSession(asked.request, asked.level, recent ? kept.painBefore : undefined);
  if (old) await keepSession(account, next);
  return { kept: next, old };
}

export const keepSession = sessions.keep;

/** `level`: of the next hold. Once it is easier than at the start, it stays so, whatever becomes of the session. */
export async function keepHolds(account: string, kept: Kept, level: number) {
  const { request, startedAt, beganAt } = kept;
  if (level < beganAt || kept.holds.at(-1)?.outcome === 'supported')
    await rememberEased(account, request, { startedAt, level });
  await keepSession(account, kept);
}

export const forgetHolds = sessions.forget;

/** The session's place on the ladder, as the engine sees it. */
export const nowIn = (reprise: Reprise, { levels }: BalanceRequest, { beganAt, holds }: Kept) =>
  reprise.balanceNow({
    levels: levels.map((level) => ({ holds: level.holds })),
    beganAt,
    done: holds.map(({ outcome }) => ({ outcome })),
  });
