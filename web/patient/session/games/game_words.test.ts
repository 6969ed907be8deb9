// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { GameKind, GameState } from 'reprise-engine';
import de from '../../../translations/de.ts';
import en from '../../../translations/en.ts';
import es from '../../../translations/es.ts';
import { endingOf, wordsOf } from './game_words.ts';
import { loudness } from './loudness.ts';

const KINDS: readonly GameKind[] = ['balloon', 'orchard', 'river', 'lanterns'];
const state = (change: Partial<GameState>): GameState => ({
  phase: 'ready',
  seen: true,
  tasks: 10,
  done: 3,
  succeeded: 2,
  kept: 0,
  asked: { progress: 0.5, hold_s: 0, side: null },
  just: null,
  traveled: 0,
  objects: [],
  ...change,
});
const just = (result: NonNullable<GameState['just']>['result'], partial = false) => ({ result, partial, age_s: 0 });

describe('the words of a game', () => {
  test('begin with what to do, and to hold on where there is a support', () => {
    for (const kind of KINDS) {
      expect(wordsOf(kind, state({ done: 0 }), false)).toMatchObject({ key: `game.intro.${kind}`, intro: true });
      expect(wordsOf(kind, state({ done: 0, phase: 'going' }), false)).toBeUndefined();
    }
    expect(wordsOf('river', state({ done: 0 }), true)?.key).toBe('game.introHeld.river');
  });

  test('name the side that is asked for', () => {
    const asked = { progress: 0.5, hold_s: 0, side: 'left' as const };
    expect(wordsOf('river', state({ asked }), true)?.key).toBe('game.side.river.left');
    expect(wordsOf('lanterns', state({ asked, just: just('other_side') }), false)?.key).toBe('game.otherSide.left');
  });

  test('never praise a task that went past the limit', () => {
    const words = wordsOf('balloon', state({ just: just('too_far') }), false);
    expect(words).toEqual({ key: 'game.too_far' });
  });

  test('exist in every language', () => {
    const asked = (side: 'left' | 'right' | null) => ({ progress: 0.5, hold_s: 0, side });
    const keys = new Set<string>();
    for (const kind of KINDS)
      for (const side of ['left', 'right', null] as const)
        for (const phase of ['coming', 'ready', 'going', 'kept', 'over'] as const)
          for (const done of [0, 3])
            for (const result of [null, 'succeeded', 'missed', 'too_far', 'other_side'] as const)
              for (const partial of [false, true]) {
                const now = state({ phase, done, asked: asked(side), just: result && just(result, partial) });
                const words = wordsOf(kind, now, kind === 'river');
                if (words) keys.add(words.key);
              }
    for (const [tasks, succeeded] of [
      [3, 3],
      [3, 2],
      [3, 0],
    ] as const)
      keys.add(endingOf({ tasks, succeeded }) ?? '');
    for (const texts of [en, de, es]) for (const key of keys) expect(texts).toHaveProperty([key]);
  });
});

test('the end says what went well, and nothing where nothing was played', () => {
  expect(endingOf({ tasks: 0, succeeded: 0 })).toBeUndefined();
  expect(endingOf({ tasks: 5, succeeded: 5 })).toBe('game.end.all');
  expect(endingOf({ tasks: 10, succeeded: 7 })).toBe('game.end.most');
  expect(endingOf({ tasks: 10, succeeded: 1 })).toBe('game.end.stayed');
});

test('sounds follow the voice: none without it, none over it, quieter at a low volume', () => {
  expect(loudness({ voice: 'off', volume: 'full' }, false)).toBe(0);
  expect(loudness({ voice: 'less', volume: 'full' }, false)).toBe(0);
  expect(loudness({ voice: 'all', volume: 'full' }, true)).toBe(0);
  expect(loudness({ voice: 'all', volume: 'low' }, false)).toBeLessThan(
    loudness({ voice: 'all', volume: 'full' }, false),
  );
});
