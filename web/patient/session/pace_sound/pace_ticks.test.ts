// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { paced } from '../tempo.ts';
import { followPace, loudnessOfTick, ticksOf } from './pace_ticks.ts';

const PACE = { out_s: 2, hold_s: 1, back_s: 3 };
/** The ticks of looks ten times a second. */
function ticksIn(pace: typeof PACE, until_s: number, step_s = 0.1) {
  const follow = followPace(pace);
  const ticks: [number, string][] = [];
  for (let i = 1; i * step_s <= until_s + 1e-9; ++i) {
    const tick = follow(i * step_s);
    if (tick) ticks.push([Math.round(100 * i * step_s) / 100, tick]);
  }
  return ticks;
}

describe('the pace by sound', () => {
  it('has the parts of the ring, and the seconds between', () => {
    expect(ticksOf(PACE)).toStrictEqual([
      { at_s: 0, tick: 'out' },
      { at_s: 1, tick: 'second' },
      { at_s: 2, tick: 'hold' },
      { at_s: 3, tick: 'back' },
      { at_s: 4, tick: 'second' },
      { at_s: 5, tick: 'second' },
      { at_s: 6, tick: 'rest' },
    ]);
    const at = Object.fromEntries(ticksOf(PACE).map(({ tick, at_s }) => [tick, at_s]));
    expect(paced(PACE, at.hold)).toBeCloseTo(1);
    expect(paced(PACE, at.back)).toBeCloseTo(1);
    expect(paced(PACE, at.back + 0.5)).toBeLessThan(1);
    expect(paced(PACE, at.rest)).toBe(0);
  });

  it('leaves out a hold that is none, and a second that would blur a part', () => {
    expect(ticksOf({ out_s: 1.2, hold_s: 0, back_s: 1.5 }).map(({ tick }) => tick)).toStrictEqual([
      'out',
      'back',
      'second',
      'rest',
    ]);
  });

  it('follows the repetition, each tick once', () => {
    expect(ticksIn(PACE, 8).map(([, tick]) => tick)).toStrictEqual([
      'out',
      'second',
      'hold',
      'back',
      'second',
      'second',
      'rest',
    ]);
    expect(ticksIn(PACE, 3.2, 0.1)[3][0]).toBeCloseTo(3, 1);
  });

  it('begins anew with the next repetition, and is silent in between', () => {
    const follow = followPace(PACE);
    expect([0, 0.3, 0.4, 0, 0, 0.2].map((seconds) => follow(seconds))).toStrictEqual([
      undefined,
      'out',
      undefined,
      undefined,
      undefined,
      'out',
    ]);
    expect(follow(0.1), 'one that begins at once').toBe('out');
  });

  it('leaves out what comes too late', () => {
    const follow = followPace(PACE);
    expect([0.3, 1.6, 2.1].map((seconds) => follow(seconds))).toStrictEqual(['out', undefined, 'hold']);
  });

  it('is off at first, is never over another sound, and says nothing where the voice says nothing', () => {
    const on = { voice: 'all', volume: 'full', paceSound: true } as const;
    expect(loudnessOfTick({ ...on, paceSound: false }, false)).toBe(0);
    expect(loudnessOfTick(on, true)).toBe(0);
    expect(loudnessOfTick({ ...on, voice: 'off' }, false)).toBe(0);
    expect(loudnessOfTick({ ...on, voice: 'less' }, false)).toBeGreaterThan(0);
    expect(loudnessOfTick({ ...on, volume: 'low' }, false)).toBeLessThan(loudnessOfTick(on, false));
  });
});
