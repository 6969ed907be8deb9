// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { GameKind } from 'reprise-engine';
import { wantsSupport, type Prescribed } from '../../../exercises/prescribed.ts';
import { lastSession } from '../remembered.ts';
import { DISPLAYS, gamesFor, keepGames, keptGames, levelKey, type Display, type KeptGames } from './kept_games.ts';

/** A game that is to be played in a set. */
export interface Play {
  kind: GameKind;
  carried: number | null;
  /** A support was confirmed. */
  held: boolean;
  /** Of the session before; only in the first set of an exercise. */
  effort: number | null;
  /** How hard it had become. */
  onLevel: (level: number) => void;
}

export interface Games {
  /** The choice of the set's display; undefined if there is none. */
  choice:
    | { display: Display; displays: readonly Display[]; support: boolean; onDisplay: (display: Display) => void }
    | undefined;
  play: Play | undefined;
}

/** Which game the exercise that is on is played as, if any. `watched`: by a camera or sensors. */
export function useGames(account: string, prescribed: Prescribed, watched: boolean, first: boolean): Games {
  const [kept, setKept] = useState<KeptGames>();
  const [effort, setEffort] = useState<number | null>(null);
  useEffect(() => {
    let gone = false;
    void Promise.all([keptGames(account), lastSession(account)]).then(
      ([games, last]) => {
        if (gone) return;
        setKept(games);
        setEffort(last?.effort ?? null);
      },
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [account]);

  const change = useCallback(
    (next: (before: KeptGames) => KeptGames) =>
      setKept((before) => {
        if (!before) return before;
        const games = next(before);
        void keepGames(account, games);
        return games;
      }),
    [account],
  );
  const key = levelKey(prescribed);
  const onDisplay = useCallback((display: Display) => change((before) => ({ ...before, display })), [change]);
  const onLevel = useCallback(
    (level: number) => change((before) => ({ ...before, levels: { ...before.levels, [key]: level } })),
    [change, key],
  );

  return useMemo(() => {
    const games = gamesFor(prescribed);
    if (!kept || !watched || games.length === 0) return { choice: undefined, play: undefined };
    const kind = games.find((one) => one === kept.display);
    const support = wantsSupport(prescribed);
    const carried = kept.levels[key] ?? null;
    return {
      choice: {
        display: kind ?? 'plain',
        displays: DISPLAYS.filter((one) => one === 'plain' || games.includes(one)),
        support,
        onDisplay,
      },
      play: kind && { kind, carried, held: support, effort: first ? effort : null, onLevel },
    };
  }, [kept, prescribed, watched, onDisplay, onLevel, key, effort, first]);
}
