// SPDX-License-Identifier: Apache-2.0
// From when to when a set was done, also where the device's clock is set meanwhile.

import { HOUR_MS } from '../../fhir/durations.ts';

export interface Times {
  startedAt: string;
  endedAt: string;
}

/**
 * Begins now and returns a function of the times until its call. `clock` is the time of day; `ticks` counts
 * milliseconds that no one can set.
 */
export function startTimes(clock = () => Date.now(), ticks = () => performance.now()): () => Times {
  const start = clock();
  const first = ticks();
  return () => {
    const by_ticks = ticks() - first;
    const by_clock = clock() - start;
    // Ticks may stand still while a device sleeps. A clock that goes back, or an hour too far, was set.
    const took = by_clock < 0 || by_clock - by_ticks > HOUR_MS ? by_ticks : by_clock;
    return { startedAt: new Date(start).toISOString(), endedAt: new Date(start + took).toISOString() };
  };
}
