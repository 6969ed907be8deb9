// SPDX-License-Identifier: Apache-2.0
// The ring that keeps the pace.

import { describe, expect, it } from 'vitest';
import { paced } from './tempo.ts';

const pace = { out_s: 2, hold_s: 1, back_s: 3 };

describe('tempo', () => {
  it('who keeps the pace goes out, stays and comes back', () => {
    const at = (seconds) => Number(paced(pace, seconds).toFixed(3));
    expect([0, 1, 2, 2.5, 3, 4.5, 6, 60].map(at)).toStrictEqual([0, 0.5, 1, 1, 1, 0.5, 0, 0]);
  });

  it('never past the target, and never back before it was reached', () => {
    let last = 0;
    for (let seconds = 0; seconds < 10; seconds += 0.05) {
      const share = paced(pace, seconds);
      expect(share >= 0 && share <= 1).toBe(true);
      if (seconds <= 2) expect(share >= last).toBe(true);
      last = share;
    }
  });
});
