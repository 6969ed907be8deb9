// SPDX-License-Identifier: Apache-2.0
// When the sound above the limit comes, and comes again. Pure.

/** Seconds between two sounds, by the level: the farther above the limit, the faster. Unsourced defaults. */
const AGAIN_S = [Infinity, 0.8, 0.5, 0.3] as const;

/** `warned_s`: when it sounded last; undefined: the load was below the limit. */
export function nextWarning(level: number, time_s: number, warned_s: number | undefined) {
  if (level === 0) return { sounds: false, warned_s: undefined };
  const sounds = warned_s === undefined || time_s - warned_s >= (AGAIN_S[level] ?? 0);
  return { sounds, warned_s: sounds ? time_s : warned_s };
}
