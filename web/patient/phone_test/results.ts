// SPDX-License-Identifier: Apache-2.0
import type { PhoneTestRequest, Programme, Reprise } from 'reprise-engine';
import { measuredNow, type Measured } from '../requests/results.ts';
import type { Recorded } from './use_run.ts';

/** Returns a measured test; undefined: the engine found no whole test in the recording. */
export function measure(
  reprise: Reprise,
  { test, courseMeters }: PhoneTestRequest,
  { times, motion, startedAt, endedAt, simulated }: Recorded,
  programme: Programme,
): Measured | undefined {
  if (!test) return undefined;
  const isSimulated = simulated || programme.simulated;
  try {
    const result = reprise.phoneTest(
      { test, ...(courseMeters !== null && { courseMeters }), simulated: isSimulated, startedAt },
      times,
      motion,
    );
    return result.values.length === 0 ? undefined : measuredNow(result, startedAt, endedAt, isSimulated);
  } catch {
    return undefined; // the engine's reason is for a developer; the page says what to change
  }
}
