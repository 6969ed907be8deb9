// SPDX-License-Identifier: Apache-2.0
// The part of a film that is kept. Pure.

/** Seconds from the film's beginning. */
export interface Cut {
  from: number;
  to: number;
}

export interface CutLimits {
  /** Of the whole film. */
  seconds: number;
  mostSeconds: number;
}

export const LEAST_SECONDS = 1;

const within = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/** The beginning of a film, as much of it as may be kept. */
export const firstCut = ({ seconds, mostSeconds }: CutLimits): Cut => ({ from: 0, to: Math.min(seconds, mostSeconds) });

/** Moves the start; the end comes along where the part would be too short or too long. */
export function startAt({ to }: Cut, moment: number, { seconds, mostSeconds }: CutLimits): Cut {
  const from = within(0, moment, Math.max(0, seconds - LEAST_SECONDS));
  return { from, to: within(Math.min(seconds, from + LEAST_SECONDS), to, Math.min(seconds, from + mostSeconds)) };
}

/** Moves the end; the start comes along. */
export function endAt({ from }: Cut, moment: number, { seconds, mostSeconds }: CutLimits): Cut {
  const to = within(Math.min(seconds, LEAST_SECONDS), moment, seconds);
  return { from: within(Math.max(0, to - mostSeconds), from, Math.max(0, to - LEAST_SECONDS)), to };
}
