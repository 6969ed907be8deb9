// SPDX-License-Identifier: Apache-2.0
// The heart rate as a strap sends it, about once a second. Pure.
import type { EnduranceSession, HeartRateValue } from 'reprise-engine';

export type HeartState = 'waiting' | 'noContact' | 'silent' | 'good';

/** The rate is the median over this time, so that one artefact stops no session. Unsourced default. */
const WINDOW_S = 10;
/** Fewer values in it are not judged. Unsourced default. */
const LEAST_VALUES = 3;
/** Without a value for so long, the strap is silent. Unsourced default. */
const SILENT_S = 5;

export class HeartRecord {
  #rates: { time_s: number; rate_bpm: number }[] = [];
  #last: { time_s: number; contact: HeartRateValue['contact'] } | undefined;

  /** `time_s`: by the page's clock; falls never. Values without contact or rate do not count. */
  add({ rate_bpm, contact }: HeartRateValue, time_s: number) {
    this.#last = { time_s, contact };
    if (rate_bpm !== null && contact !== 'lost') this.#rates.push({ time_s, rate_bpm });
  }

  state(now_s: number): HeartState {
    if (!this.#last) return 'waiting';
    if (now_s - this.#last.time_s > SILENT_S) return 'silent';
    return this.#last.contact === 'lost' ? 'noContact' : 'good';
  }

  /** Undefined: too few values, or old ones. */
  rateNow(now_s: number): number | undefined {
    if (this.state(now_s) !== 'good') return undefined;
    const window: number[] = [];
    for (let i = this.#rates.length - 1; i >= 0; i -= 1) {
      const one = this.#rates[i];
      if (!one || one.time_s < now_s - WINDOW_S) break;
      window.push(one.rate_bpm);
    }
    window.sort((a, b) => a - b);
    return window.length < LEAST_VALUES ? undefined : Math.round(window[Math.floor(window.length / 2)] ?? 0);
  }

  /** Those from `start_s` on, with times from there. */
  rates(start_s: number): EnduranceSession['rates'] {
    return this.#rates
      .filter(({ time_s }) => time_s >= start_s)
      .map(({ time_s, rate_bpm }) => ({ time_s: time_s - start_s, rate_bpm }));
  }
}
