// SPDX-License-Identifier: Apache-2.0
// The fields of the form for a balance programme, and their problems. Pure.
import type { Stance } from 'reprise-engine';
import {
  HAZARDS,
  HOLD_SECONDS,
  isHazardous,
  MOST_HOLDS,
  MOST_SESSIONS,
  type What,
  type WantedLevel,
} from '../../fhir/balance.ts';

export interface LevelDraft extends What {
  /** Stays the same while the list changes. */
  key: string;
  hold: string;
  holds: string;
}

export interface Draft {
  levels: readonly LevelDraft[];
  sessions: string;
}

const PLAIN = { side: null, eyesClosed: false, foam: false, dualTask: false };

/**
 * What a new programme begins with. Four positions of 10 seconds each, the eyes open, from feet together to one leg are
 * those of the 4-Stage Balance Test (docs/sources.md, W28), which is a test and no programme; here feet apart come
 * first, and one leg is left to the clinician, who names the side. Three holds, and three sessions in a row before a
 * level gets harder, are unsourced defaults.
 */
export const SUGGESTED: Draft = {
  levels: (['feet-apart', 'feet-together', 'semi-tandem', 'tandem'] satisfies Stance[]).map((stance) => ({
    ...PLAIN,
    key: stance,
    stance,
    hold: '10',
    holds: '3',
  })),
  sessions: '3',
};

/** Undefined: no whole number in these limits. */
export function wholeIn(text: string, least: number, most: number): number | undefined {
  const value = Number(text.trim());
  return /^\d{1,3}$/.test(text.trim()) && value >= least && value <= most ? value : undefined;
}

export const holdIn = ({ hold }: LevelDraft) => wholeIn(hold, HOLD_SECONDS.least, HOLD_SECONDS.most);
export const holdsIn = ({ holds }: LevelDraft) => wholeIn(holds, 1, MOST_HOLDS);
export const sessionsIn = ({ sessions }: Draft) => wholeIn(sessions, 1, MOST_SESSIONS);

const nameOf = ({ stance, side, eyesClosed, foam, dualTask, hold }: LevelDraft) =>
  JSON.stringify([stance, side, eyesClosed, foam, dualTask, Number(hold)]);

export type LevelProblem = 'side' | 'same' | 'first';

/** The problem of a level as a whole; its numbers have problems of their own. */
export function problemOf({ levels }: Draft, level: LevelDraft): LevelProblem | undefined {
  if (level.stance === 'single-leg' && level.side === null) return 'side';
  // The first level is released by requesting the programme; these need a release of their own.
  if (level === levels[0] && isHazardous(level)) return 'first';
  const first = levels.find((one) => nameOf(one) === nameOf(level));
  return first !== level ? 'same' : undefined;
}

/** Only one leg has a side. */
export const withStance = (level: LevelDraft, stance: Stance): LevelDraft => ({
  ...level,
  stance,
  side: stance === 'single-leg' ? level.side : null,
});

/** A level after the last one: like it, to be made harder. */
export function withAnother(draft: Draft, key: string): Draft {
  const last = draft.levels.at(-1);
  const another: LevelDraft = last ? { ...last, key } : { ...PLAIN, key, stance: 'feet-apart', hold: '10', holds: '3' };
  return { ...draft, levels: [...draft.levels, another] };
}

export const without = (draft: Draft, key: string): Draft => ({
  ...draft,
  levels: draft.levels.filter((one) => one.key !== key),
});

/** Moves a level one place to the easier end. */
export function earlier(draft: Draft, key: string): Draft {
  const at = draft.levels.findIndex((one) => one.key === key);
  const [moved, before] = [draft.levels[at], draft.levels[at - 1]];
  if (!moved || !before) return draft;
  return { ...draft, levels: draft.levels.with(at - 1, moved).with(at, before) };
}

/** Undefined: something is missing or cannot be. */
export function ladderIn(draft: Draft): { levels: WantedLevel[]; sessions: number } | undefined {
  const sessions = sessionsIn(draft);
  const levels = draft.levels.flatMap((level): WantedLevel[] => {
    const [hold_s, holds] = [holdIn(level), holdsIn(level)];
    if (hold_s === undefined || holds === undefined || problemOf(draft, level)) return [];
    const { stance, side } = level;
    const hazards = Object.fromEntries(HAZARDS.map((one) => [one, level[one]])) as Pick<
      What,
      'eyesClosed' | 'foam' | 'dualTask'
    >;
    return [{ stance, side, ...hazards, hold_s, holds }];
  });
  return sessions !== undefined && levels.length > 0 && levels.length === draft.levels.length
    ? { levels, sessions }
    : undefined;
}
