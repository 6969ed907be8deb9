// SPDX-License-Identifier: Apache-2.0
// The first and the best repetition of a finished set, to be played once more. Points only, and only in memory.
import type { Coach, RepetitionDone, SessionOptions } from 'reprise-engine';
import type { SetReplay } from './types.ts';

type Judged = RepetitionDone & { quality: number };

/** The first repetition and the best one, which has no fault; undefined where nothing was judged. */
export function firstAndBest(repetitions: readonly RepetitionDone[]): { first: Judged; best: Judged } | undefined {
  const judged = repetitions.filter((one): one is Judged => one.quality !== null);
  const [first] = judged;
  if (!first || first !== repetitions[0]) return undefined;
  const best = judged.reduce((a, b) => (b.faults.length === 0 && b.quality > a.quality ? b : a));
  return { first, best };
}

export function replayed(
  coach: Pick<Coach, 'replay'>,
  repetitions: readonly RepetitionDone[],
  options: SessionOptions,
): SetReplay | undefined {
  const chosen = firstAndBest(repetitions);
  if (!chosen) return undefined;
  const { first, best } = chosen;
  const of = ({ start_s, end_s }: RepetitionDone) => coach.replay({ from_s: start_s, to_s: end_s }, options);
  try {
    return {
      first: of(first),
      firstQuality: first.quality,
      best: best === first ? null : of(best),
      bestQuality: best.quality,
    };
  } catch {
    return undefined; // a ceiling binds, or too little was seen: there is none, and the set is whole
  }
}
