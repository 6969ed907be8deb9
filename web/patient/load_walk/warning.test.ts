// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { nextWarning } from './warning.ts';

/** How often it sounds within a second at a level, looked at each 20th of it. */
function soundsAt(level: number) {
  let warned_s: number | undefined;
  let count = 0;
  for (let i = 0; i <= 20; i += 1) {
    const next = nextWarning(level, 100 + i / 20, warned_s);
    ({ warned_s } = next);
    if (next.sounds) count += 1;
  }
  return count;
}

describe('the sound above the limit', () => {
  it('is silent below, comes at once above, and faster the farther above', () => {
    expect([0, 1, 2, 3].map(soundsAt)).toStrictEqual([0, 2, 3, 4]);
    expect(nextWarning(1, 5, undefined).sounds).toBe(true);
  });

  it('comes at once again for the next step', () => {
    const first = nextWarning(1, 5, undefined);
    const below = nextWarning(0, 5.1, first.warned_s);
    expect(below).toStrictEqual({ sounds: false, warned_s: undefined });
    expect(nextWarning(1, 5.2, below.warned_s).sounds).toBe(true);
  });
});
