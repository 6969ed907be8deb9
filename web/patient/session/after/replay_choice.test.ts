// SPDX-License-Identifier: Apache-2.0
// Sets here are made up.
import { expect, it } from 'vitest';
import type { Replay } from 'reprise-engine';
import type { SetReplay } from '../../../coach/types.ts';
import type { ExerciseDone } from '../flow.ts';
import { chooseReplay } from './replay_choice.ts';

const replay = (at: number): Replay => ({
  times_s: Float64Array.of(at),
  landmarks_m: new Float64Array(99),
  segments: new Float64Array(135),
});
const set = (at: number, firstQuality: number, bestQuality: number): SetReplay => ({
  first: replay(at),
  firstQuality,
  best: bestQuality > firstQuality ? replay(at + 1) : null,
  bestQuality,
});
const done = (rest: Partial<ExerciseDone> = {}): ExerciseDone => ({
  request: 'r',
  state: 'done',
  sets: ['a', 'b'].map((id) => ({
    id,
    startedAt: '',
    endedAt: '',
    by: 'camera',
    count: 8,
    held_s: null,
    quality: 80,
    short: false,
  })),
  pains: [1],
  ...rest,
});
const free = { hasCeiling: false, isHold: false };
const two = new Map([
  ['a', set(10, 70, 75)],
  ['b', set(20, 72, 90)],
]);

it('plays the first repetition of the first set beside the best of all', () => {
  expect(chooseReplay(done(), two, free, 1)).toStrictEqual({ first: replay(10), best: replay(21) });
});

it('plays nothing where the first is about as good', () => {
  expect(chooseReplay(done(), new Map([['a', set(10, 80, 82)]]), free, 1)).toBeUndefined();
});

it('plays nothing under a ceiling, of holds, after pain or a stop, or after the page was loaded again', () => {
  expect(chooseReplay(done(), two, { ...free, hasCeiling: true }, 1)).toBeUndefined();
  expect(chooseReplay(done(), two, { ...free, isHold: true }, 1)).toBeUndefined();
  expect(chooseReplay(done({ pains: [3] }), two, free, 1)).toBeUndefined();
  expect(chooseReplay(done({ state: 'stopped', hurtAt: 7 }), two, free, 1)).toBeUndefined();
  expect(chooseReplay(done(), new Map(), free, 1)).toBeUndefined();
  expect(chooseReplay(done(), new Map([['b', set(20, 72, 90)]]), free, 1)).toBeUndefined();
});
