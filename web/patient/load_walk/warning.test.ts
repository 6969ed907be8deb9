// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { nextWarning, type Warned } from './warning.ts';

/** The levels that sound, looked at each 20th of a second. */
function soundsOf(levels: readonly number[]) {
  let warned: Warned | undefined;
  const sounds: number[] = [];
  levels.forEach((level, i) => {
    const next = nextWarning(level, 100 + i / 20, warned);
    ({ warned } = next);
    if (next.sounds) sounds.push(level);
  });
  return sounds;
}

/** Of a step of 0.6 s that bears `peak` times the limit. */
const step = (peak: number) =>
  Array.from({ length: 13 }, (_, i) => peak * Math.sin((Math.PI * i) / 12)).map((load) =>
    load > 1.5 ? 3 : load > 1.2 ? 2 : load > 1 ? 1 : 0,
  );

describe('the sound above the limit', () => {
  it('is silent below, comes at once above, and faster the farther above', () => {
    const second = (level: number) => soundsOf(Array.from({ length: 21 }, () => level)).length;
    expect([0, 1, 2, 3].map(second)).toStrictEqual([0, 2, 3, 4]);
    expect(nextWarning(1, 5, undefined).sounds).toBe(true);
  });

  it('comes at once again for the next step', () => {
    const first = nextWarning(1, 5, undefined);
    const below = nextWarning(0, 5.1, first.warned);
    expect(below).toStrictEqual({ sounds: false, warned: undefined });
    expect(nextWarning(1, 5.2, below.warned).sounds).toBe(true);
  });

  it('tells within a short step how far above the limit it is', () => {
    expect(soundsOf(step(0.95))).toStrictEqual([]);
    expect(soundsOf(step(1.1))).toStrictEqual([1]);
    expect(soundsOf(step(1.3))).toStrictEqual([1, 2]);
    expect(soundsOf(step(1.6))).toStrictEqual([1, 2, 3]);
  });

  it('rises again after a lower one', () => {
    const levels = [3, ...Array.from({ length: 18 }, () => 1), 3];
    expect(soundsOf(levels)).toStrictEqual([3, 1, 3]);
  });
});
