// SPDX-License-Identifier: Apache-2.0
// The page's clock beside the time of day: some devices stop the page's clock while they sleep. Pure.

/** One moment by both clocks. */
export interface Mark {
  /** Since the session's start. */
  page_s: number;
  /** Milliseconds since 1970. */
  day_ms: number;
}

/** The first is the start; each further one is a moment at which the clocks had moved apart. */
export type Marks = readonly Mark[];

/** Clocks that differ by less are the same: the page looks a few times a second. Unsourced default. */
const APART_MS = 1000;

/** `now` of the same moment as a mark, if one is needed. */
export function marked(marks: Marks, now: Mark): Marks {
  const last = marks.at(-1);
  if (last && Math.abs(now.day_ms - last.day_ms - 1000 * (now.page_s - last.page_s)) < APART_MS) return marks;
  return [...marks, now];
}

/** The time of day of a moment of the session, in milliseconds since 1970; undefined: it has not begun. */
export function dayTime(marks: Marks, page_s: number): number | undefined {
  const mark = marks.findLast((one) => one.page_s <= page_s);
  return mark && mark.day_ms + Math.round(1000 * (page_s - mark.page_s));
}

/** The moment of the session at a time of day; undefined: before it, or while the page's clock stood still. */
export function sessionTime(marks: Marks, day_ms: number): number | undefined {
  const at = marks.findLastIndex((one) => one.day_ms <= day_ms);
  const mark = marks[at];
  if (!mark) return undefined;
  const page_s = mark.page_s + (day_ms - mark.day_ms) / 1000;
  const next = marks[at + 1];
  return next && page_s >= next.page_s ? undefined : page_s;
}
