// SPDX-License-Identifier: Apache-2.0
// Measures the working time in a chart. Pure, so that tests need no waiting.

/** Who has touched nothing for so long is not counted from the last touch on: an unsourced default. */
export const IDLE_MS = 120_000;
/** Shorter stretches are no work: a page passed by. */
export const LEAST_MS = 5_000;

export interface Stretch {
  id: string;
  start: number;
  end: number;
  closed: boolean;
}

export interface Watch {
  stretch: Stretch | undefined;
  touched: number;
}

export const INITIAL: Watch = { stretch: undefined, touched: -Infinity };

export interface Step {
  watch: Watch;
  closed?: Stretch;
}

const close = ({ stretch }: Watch, end: number): Step =>
  stretch
    ? { watch: INITIAL, closed: { ...stretch, end: Math.max(stretch.start, end), closed: true } }
    : { watch: INITIAL };

/** Time has passed: who is idle stopped when they last touched something. */
export function pass(watch: Watch, now: number): Step {
  if (!watch.stretch) return { watch };
  // A clock that was set back, or a computer that slept.
  if (now < watch.stretch.end || now - watch.touched > IDLE_MS)
    return close(watch, Math.max(watch.stretch.start, Math.min(watch.touched, watch.stretch.end)));
  return { watch: { ...watch, stretch: { ...watch.stretch, end: now } } };
}

/** Handles an input of the user. */
export function touch(watch: Watch, now: number, id: () => string): Step {
  const before = pass(watch, now);
  const stretch = before.watch.stretch ?? { id: id(), start: now, end: now, closed: false };
  return { ...before, watch: { stretch, touched: now } };
}

/** The chart is left or hidden. */
export function leave(watch: Watch, now: number): Step {
  const before = pass(watch, now);
  return before.closed ? before : close(before.watch, now);
}
