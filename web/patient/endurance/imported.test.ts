// SPDX-License-Identifier: Apache-2.0
import type { HeartRatesOfFile } from 'reprise-engine';
import { describe, expect, it } from 'vitest';
import { matched } from './imported.ts';

const START_S = Date.parse('2026-03-02T10:00:00Z') / 1000;
const marks = [{ page_s: 0, day_ms: START_S * 1000 }];
const session = { from: START_S * 1000, to: (START_S + 600) * 1000 };
const file = (...at_s: number[]): HeartRatesOfFile => ({
  format: 'TCX',
  rates: at_s.map((time_s) => ({ time_s: START_S + time_s, rate_bpm: 100 + time_s })),
  count: at_s.length,
  first_s: START_S + Math.min(...at_s),
  last_s: START_S + Math.max(...at_s),
});

describe('the heart rates of a file', () => {
  it('count from the start of the session, and none outside it', () => {
    const match = matched(file(-30, 0, 10, 600, 601), session, marks);
    expect(match).toStrictEqual({
      of: {
        format: 'TCX',
        rates: [
          { time_s: 0, rate_bpm: 100 },
          { time_s: 10, rate_bpm: 110 },
          { time_s: 600, rate_bpm: 700 },
        ],
      },
      span: { from: session.from, to: session.to },
    });
  });

  it('lie where they were measured although the phone slept, and none lies in its sleep', () => {
    const slept = [...marks, { page_s: 100, day_ms: (START_S + 400) * 1000 }];
    const match = matched(file(50, 150, 250, 399, 400, 460), session, slept);
    expect('of' in match && match.of.rates).toStrictEqual([
      { time_s: 50, rate_bpm: 150 },
      { time_s: 100, rate_bpm: 500 },
      { time_s: 160, rate_bpm: 560 },
    ]);
  });

  it('of another time are of another session, and say when', () => {
    expect(matched(file(-900, -300), session, marks)).toStrictEqual({
      elsewhere: { from: session.from - 900_000, to: session.from - 300_000 },
    });
  });
});
