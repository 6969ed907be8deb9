// SPDX-License-Identifier: Apache-2.0
// Which repetitions of an exercise are played again. Pure.
import type { Replay } from 'reprise-engine';
import type { SetReplay } from '../../../coach/types.ts';
import { ranCalmly, type Wanted } from './look_back.ts';
import type { ExerciseDone } from '../flow.ts';

/** Points of quality that make a repetition better than the first. Unsourced default. */
const BETTER = 3;

export interface ReplayChoice {
  first: Replay;
  best: Replay;
}

/** The first repetition of the first set, and the best of all; undefined where none is better for certain. */
export function chooseReplay(
  done: ExerciseDone,
  replays: ReadonlyMap<string, SetReplay>,
  { hasCeiling, isHold }: Pick<Wanted, 'hasCeiling' | 'isHold'>,
  painBefore: number | undefined,
): ReplayChoice | undefined {
  if (hasCeiling || isHold || !ranCalmly(done, painBefore)) return undefined;
  const sets = done.sets.map(({ id }) => replays.get(id));
  const [beginning] = sets;
  if (!beginning) return undefined;
  const all = sets.flatMap((set) =>
    set
      ? [
          { replay: set.first, quality: set.firstQuality },
          ...(set.best ? [{ replay: set.best, quality: set.bestQuality }] : []),
        ]
      : [],
  );
  const best = all.reduce((a, b) => (b.quality > a.quality ? b : a));
  return best.quality >= beginning.firstQuality + BETTER ? { first: beginning.first, best: best.replay } : undefined;
}
