// SPDX-License-Identifier: Apache-2.0
// When the sound above the limit comes, and comes again. Pure.

/** Seconds between two sounds, by the level: the farther above the limit, the faster. Unsourced defaults. */
const AGAIN_S = [Infinity, 0.8, 0.5, 0.3] as const;

/** The sound before. */
export interface Warned {
  time_s: number;
  level: number;
}

/** `warned`: undefined: the load was below the limit. A load that rises farther sounds at once. */
export function nextWarning(level: number, time_s: number, warned: Warned | undefined) {
  if (level === 0) return { sounds: false, warned: undefined };
  const sounds = warned === undefined || level > warned.level || time_s - warned.time_s >= (AGAIN_S[level] ?? 0);
  return { sounds, warned: sounds ? { time_s, level } : warned };
}
