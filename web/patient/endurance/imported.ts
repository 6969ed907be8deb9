// SPDX-License-Identifier: Apache-2.0
// The heart rates of a file, matched to a session by the time of day. Pure.
import type { EnduranceSession, HeartRateFormat, HeartRatesOfFile } from 'reprise-engine';

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

/** `elsewhere`: no heart rate of the file lies in the session; when it has some. */
export function matched({ format, rates, first_s, last_s }: HeartRatesOfFile, session: Span): Match {
  const inside = rates.filter(({ time_s }) => time_s * 1000 >= session.from && time_s * 1000 <= session.to);
  const [first, last] = [inside[0], inside.at(-1)];
  if (!first || !last) return { elsewhere: { from: first_s * 1000, to: last_s * 1000 } };
  return {
    of: { format, rates: inside.map(({ time_s, rate_bpm }) => ({ time_s: time_s - session.from / 1000, rate_bpm })) },
    span: { from: first.time_s * 1000, to: last.time_s * 1000 },
  };
}
