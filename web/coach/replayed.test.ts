// SPDX-License-Identifier: Apache-2.0
// Repetitions here are made up.
import { expect, it } from 'vitest';
import type { RepetitionDone, Replay } from 'reprise-engine';
import { firstAndBest, replayed } from './replayed.ts';

const repetition = (start_s: number, quality: number | null, faults: string[] = []): RepetitionDone => ({
  start_s,
  end_s: start_s + 3,
  side: null,
  quality,
  formJudged: true,
  faults,
});
const replay = (from: number): Replay => ({
  times_s: Float64Array.of(from),
  landmarks_m: new Float64Array(99),
  segments: new Float64Array(135),
});
const coach = { replay: ({ from_s }: { from_s: number }) => replay(from_s) };

it('takes the first repetition, and the best one without a fault', () => {
  const all = [repetition(0, 70), repetition(4, 80), repetition(8, 95, ['knees_in'])];
  expect(firstAndBest(all)).toStrictEqual({ first: all[0], best: all[1] });
  expect(replayed(coach, all, {})).toMatchObject({ firstQuality: 70, bestQuality: 80, best: replay(4) });
});

it('takes no other repetition where the first is the best', () => {
  expect(replayed(coach, [repetition(0, 90), repetition(4, 80)], {})).toMatchObject({ best: null, bestQuality: 90 });
});

it('takes nothing where the first was not judged, or the engine draws none, as under a ceiling', () => {
  expect(firstAndBest([])).toBeUndefined();
  expect(firstAndBest([repetition(0, null), repetition(4, 80)])).toBeUndefined();
  const refuses = {
    replay: () => {
      throw new Error('unsupported');
    },
  };
  expect(replayed(refuses, [repetition(0, 70), repetition(4, 80)], {})).toBeUndefined();
});
