// SPDX-License-Identifier: Apache-2.0
// The heart rates of a file, matched to a session by the time of day. Pure.
import type { EnduranceSession, HeartRateFormat, HeartRatesOfFile } from 'reprise-engine';
import { sessionTime, type Marks } from './clocks.ts';

export interface ImportedRates {
  format: HeartRateFormat;
  /** Since the session's start. */
  rates: EnduranceSession['rates'];
}

/** Milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

export type Match = { of: ImportedRates; span: Span } | { elsewhere: Span };

/** `marks`: of the session's clocks. `elsewhere`: no heart rate of the file lies in the session; when it has some. */
export function matched({ format, rates, first_s, last_s }: HeartRatesOfFile, session: Span, marks: Marks): Match {
  const inside = rates.flatMap(({ time_s, rate_bpm }) => {
    const at_s = time_s * 1000 <= session.to ? sessionTime(marks, time_s * 1000) : undefined;
    return at_s === undefined ? [] : [{ time_s, at_s, rate_bpm }];
  });
  const [first, last] = [inside[0], inside.at(-1)];
  if (!first || !last) return { elsewhere: { from: first_s * 1000, to: last_s * 1000 } };
  return {
    of: { format, rates: inside.map(({ at_s, rate_bpm }) => ({ time_s: at_s, rate_bpm })) },
    span: { from: first.time_s * 1000, to: last.time_s * 1000 },
  };
}
