// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { ownPace } from './own_pace.ts';

describe('the pace of the figure', () => {
  it("is the exercise's own, then the median of the last three repetitions", () => {
    const pace = ownPace(4);
    expect(pace({ count: 0, repetition_s: 0 })).toBe(4);
    expect(pace({ count: 0, repetition_s: 5 })).toBe(4);
    expect(pace({ count: 1, repetition_s: 5.5 })).toBe(5.5);
    expect(pace({ count: 1, repetition_s: 0 })).toBe(5.5);
    pace({ count: 2, repetition_s: 3 });
    pace({ count: 3, repetition_s: 6 });
    expect(pace({ count: 3, repetition_s: 1 })).toBe(5.5);
    expect(pace({ count: 4, repetition_s: 3.5 }), 'the first is forgotten').toBe(3.5);
  });
  it('stays within what still shows the movement', () => {
    const pace = ownPace(4);
    expect(pace({ count: 1, repetition_s: 1 })).toBe(2.4);
    expect(ownPace(4)({ count: 1, repetition_s: 30 })).toBe(8);
  });
});
