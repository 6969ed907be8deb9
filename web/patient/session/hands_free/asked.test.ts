// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { GestureState } from 'reprise-engine';
import { filling, gesturesOf, lieOf, listenForGestures, signsOf, type Gestures } from './asked.ts';

const BOTH: Gestures = { hurts: 'hand_up', pause: 'arm_out' };
const held = (asks: GestureState['asks'], held_s: number, given = held_s >= 1): GestureState => ({
  asks,
  held_s,
  given,
});

describe('the gestures of a set', () => {
  it('switches off the pause alone', () => {
    expect(gesturesOf({ gestures: BOTH }, true)).toStrictEqual(BOTH);
    expect(gesturesOf({ gestures: BOTH }, false)).toStrictEqual({ hurts: 'hand_up', pause: null });
  });

  it('tells the pause first, and only what there is', () => {
    expect(signsOf(BOTH).map(({ asks }) => asks)).toStrictEqual(['pause', 'hurts']);
    expect(signsOf({ hurts: null, pause: null })).toStrictEqual([]);
  });

  it('knows how the body lies', () => {
    expect(lieOf('standing')).toBe('upright');
    expect(lieOf('long_sitting')).toBe('upright');
    expect(lieOf('lying_on_side')).toBe('lying');
    expect(lieOf('lying_on_front')).toBe('front');
    expect(lieOf('on_hands_and_knees')).toBe('knees');
    expect(lieOf(null)).toBe('upright');
  });
});

describe('a gesture', () => {
  it('asks once for each time that it is given', () => {
    const listen = listenForGestures();
    const looks = [null, held('pause', 0.5), held('pause', 1), held('pause', 1.4), null, held('pause', 1), undefined];
    expect(looks.map(listen)).toStrictEqual([undefined, undefined, 'pause', undefined, undefined, 'pause', undefined]);
  });

  it('asks anew where another one follows at once', () => {
    const listen = listenForGestures();
    expect([held('pause', 1), held('hurts', 1)].map(listen)).toStrictEqual(['pause', 'hurts']);
  });

  it('fills a ring while it is held, and no longer', () => {
    expect(filling(held('pause', 0.1), BOTH)).toBeUndefined();
    expect(filling(held('pause', 0.52), BOTH)).toStrictEqual({ asks: 'pause', share: 0.5 });
    expect(filling(held('hurts', 0.99), BOTH)).toStrictEqual({ asks: 'hurts', share: 1 });
    expect(filling(held('pause', 1.2), BOTH)).toBeUndefined();
    expect(filling(null, BOTH)).toBeUndefined();
    expect(filling(held('pause', 0.5), gesturesOf({ gestures: BOTH }, false))).toBeUndefined();
  });
});
