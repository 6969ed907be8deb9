// SPDX-License-Identifier: Apache-2.0
// A deed is done once and for all: a pause, a worse day or a smaller record takes none away.

import { describe, expect, it } from 'vitest';
import { deedsOf, knownDeeds, newDeeds, type Done } from './deeds.ts';

const done = (more: Partial<Done> = {}): Done => ({ days: [], repetitions: 0, asked: false, read: 0, ...more });

describe('deeds', () => {
  it('there is none before the first', () => {
    expect(deedsOf(done())).toStrictEqual([]);
    expect(deedsOf(done({ repetitions: 9, read: 4 }))).toStrictEqual([]);
  });

  it('each has its own limit', () => {
    expect(deedsOf(done({ days: ['2026-03-01'], repetitions: 10 }))).toStrictEqual(['first-session', 'repetitions-10']);
    expect(deedsOf(done({ repetitions: 99 }))).toStrictEqual(['repetitions-10']);
    expect(deedsOf(done({ repetitions: 500 }))).toStrictEqual(['repetitions-10', 'repetitions-100', 'repetitions-500']);
    expect(deedsOf(done({ asked: true, read: 5 }))).toStrictEqual(['asked', 'read-five']);
  });

  it('the first week has three different days within seven, wherever it begins', () => {
    const week = (...days: string[]) => deedsOf(done({ days })).includes('first-week');
    expect(week('2026-03-01', '2026-03-01', '2026-03-01')).toBe(false);
    expect(week('2026-03-01', '2026-03-04', '2026-03-08')).toBe(false);
    expect(week('2026-03-07', '2026-03-01', '2026-03-04')).toBe(true);
    expect(week('2026-01-01', '2026-03-27', '2026-03-29', '2026-04-02')).toBe(true);
  });

  it('who comes back after a week or more has come back, and a pause takes nothing away', () => {
    const back = (...days: string[]) => deedsOf(done({ days })).includes('came-back');
    expect(back('2026-03-01', '2026-03-07')).toBe(false);
    expect(back('2026-03-01', '2026-03-08')).toBe(true);
    expect(back('2026-03-01')).toBe(false);
  });

  it('none is lost, and all stay in their order', () => {
    expect(deedsOf(done({ days: ['2026-03-01'] }), ['read-five', 'repetitions-100'])).toStrictEqual([
      'first-session',
      'repetitions-100',
      'read-five',
    ]);
  });

  it('is told of once, and an older record is not told of at all', () => {
    expect(newDeeds(['first-session', 'repetitions-10'], undefined)).toStrictEqual(['first-session', 'repetitions-10']);
    expect(newDeeds(['first-session', 'repetitions-10', 'first-week'], undefined)).toStrictEqual([]);
    expect(newDeeds(['first-session', 'repetitions-10'], ['first-session'])).toStrictEqual(['repetitions-10']);
    expect(newDeeds(['first-session'], ['first-session'])).toStrictEqual([]);
  });

  it('unknown names on the device are left out', () => {
    expect(knownDeeds(['asked', 'flown', 3])).toStrictEqual(['asked']);
    expect(knownDeeds('asked')).toStrictEqual([]);
    expect(knownDeeds(undefined)).toStrictEqual([]);
  });
});
