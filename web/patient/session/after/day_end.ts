// SPDX-License-Identifier: Apache-2.0
// The end of a session: whether it is celebrated, and when the plan has the next one. Pure.
import { doneIn, painsOf, type Session } from '../flow.ts';
import { weeksOf, type SetSeen } from '../../progress/history.ts';

/** Not after pain, a stop or a halt, nor where nothing was done. */
export function celebrates(session: Session): boolean {
  const all = doneIn(session);
  if (session.step.kind !== 'summary' || session.stopped !== undefined) return false;
  if (all.some(({ hurtAt, state }) => hurtAt !== undefined || state === 'stopped' || state === 'held')) return false;
  if (!all.some(({ state, sets }) => state === 'done' && sets.some(({ count }) => count > 0))) return false;
  const { painBefore } = session;
  const pains = all.flatMap(({ pains: said = [] }) => said);
  if (pains.length === 0) return true;
  return painBefore !== undefined && Math.max(...painsOf(session)) <= painBefore;
}

/** `days`: so many are left of this week's goal. */
export type Next = { kind: 'tomorrow' } | { kind: 'days'; days: number } | { kind: 'reached'; goal: number };

/** By the days a week of the plan; today counts as done. */
export function nextOf(history: readonly SetSeen[], goal: number, now: Date): Next {
  const [week] = weeksOf(history, now, goal, 1);
  const days = week?.days ?? [];
  const ahead = days.filter((day) => day.ahead).length;
  const today = days.length - ahead - 1;
  const done = days.filter((day, i) => day.done || i === today).length;
  if (goal >= 7) return { kind: 'tomorrow' };
  const left = goal - done;
  if (left <= 0) return { kind: 'reached', goal };
  return left >= ahead && ahead > 0 ? { kind: 'tomorrow' } : { kind: 'days', days: Math.min(left, ahead) };
}

/** A piece of confetti; shares of the screen, degrees, seconds. */
export interface Piece {
  left: number;
  drift: number;
  turn: number;
  delay_s: number;
  color: number;
}

const PIECES = 36;
const COLORS = 5;

/** The same each time: nothing here is random. */
export const confetti = (): Piece[] =>
  Array.from({ length: PIECES }, (_, i) => {
    const spread = (i * 0.618) % 1;
    return {
      left: (i + 0.5) / PIECES,
      drift: spread - 0.5,
      turn: 360 * ((i * 0.381) % 1) + 180,
      delay_s: 0.5 * ((i * 0.724) % 1),
      color: i % COLORS,
    };
  });
