// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { endAt, firstCut, LEAST_SECONDS, startAt } from './cut.ts';

const LONG = { seconds: 60, mostSeconds: 20 };
const SHORT = { seconds: 8, mostSeconds: 20 };

describe('the part of a film', () => {
  it('begins as the whole film, or as much of it as may be kept', () => {
    expect(firstCut(SHORT)).toStrictEqual({ from: 0, to: 8 });
    expect(firstCut(LONG)).toStrictEqual({ from: 0, to: 20 });
  });

  it('keeps its other end where it can', () => {
    expect(startAt({ from: 0, to: 20 }, 5, LONG)).toStrictEqual({ from: 5, to: 20 });
    expect(endAt({ from: 5, to: 20 }, 12, LONG)).toStrictEqual({ from: 5, to: 12 });
  });

  it('takes its other end along', () => {
    expect(startAt({ from: 10, to: 25 }, 2, LONG), 'too long').toStrictEqual({ from: 2, to: 22 });
    expect(startAt({ from: 0, to: 20 }, 30, LONG), 'beyond the end').toStrictEqual({ from: 30, to: 31 });
    expect(endAt({ from: 0, to: 20 }, 50, LONG), 'too long').toStrictEqual({ from: 30, to: 50 });
    expect(endAt({ from: 10, to: 20 }, 4, LONG), 'before the start').toStrictEqual({ from: 3, to: 4 });
  });

  it('stays within the film and its limits, wherever its ends are put', () => {
    for (const limits of [LONG, SHORT, { seconds: 1, mostSeconds: 20 }])
      for (let moment = -5; moment < 70; moment += 0.7) {
        for (const cut of [startAt(firstCut(limits), moment, limits), endAt(firstCut(limits), moment, limits)]) {
          expect(cut.from).toBeGreaterThanOrEqual(0);
          expect(cut.to).toBeLessThanOrEqual(limits.seconds);
          expect(cut.to - cut.from).toBeLessThanOrEqual(limits.mostSeconds + 1e-9);
          expect(cut.to - cut.from).toBeGreaterThanOrEqual(LEAST_SECONDS - 1e-9);
        }
      }
  });
});
