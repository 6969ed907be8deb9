// SPDX-License-Identifier: Apache-2.0
// The course of an endurance session: its phases, pauses and the moments for ratings. Pure. Times are seconds since the
// session's start.
import type { EndurancePhase, EnduranceRequest } from 'reprise-engine';

export interface Stretch {
  phase: EndurancePhase;
  start_s: number;
  end_s: number;
}

export type Plan = Pick<EnduranceRequest, 'warmUp_min' | 'main_min' | 'coolDown_min'>;

export interface Course {
  /** Those that are over; a pause parts a phase in two. */
  readonly stretches: readonly Stretch[];
  readonly phase: EndurancePhase;
  /** Of the phase, before `since_s`. */
  readonly done_s: number;
  /** Running since; undefined: paused, or over. */
  readonly since_s: number | undefined;
  readonly over: boolean;
}

const ORDER: readonly EndurancePhase[] = ['warm_up', 'main', 'cool_down'];
/** A pause between two looks at the clock that is longer was no exercise: the device slept. Unsourced default. */
export const LONGEST_SLEEP_S = 90;
/** Ratings are asked for this often. Unsourced default. */
const RATING_EVERY_S = 300;
/** The last rating comes this long before the main part ends. Unsourced default. */
const LAST_RATING_S = 30;

export const lengthOf = (plan: Plan, phase: EndurancePhase) =>
  60 * { warm_up: plan.warmUp_min, main: plan.main_min, cool_down: plan.coolDown_min }[phase];

const begunPhase = (course: Course, phase: EndurancePhase, since_s: number): Course => ({
  ...course,
  phase,
  done_s: 0,
  since_s,
});

/** Closes the stretch that runs. */
function closed(course: Course, end_s: number): Course {
  const { since_s, phase, stretches, done_s } = course;
  if (since_s === undefined) return course;
  const end = Math.max(since_s, end_s);
  return {
    ...course,
    stretches: end > since_s ? [...stretches, { phase, start_s: since_s, end_s: end }] : stretches,
    done_s: done_s + end - since_s,
    since_s: undefined,
  };
}

export const inPhase_s = ({ done_s, since_s }: Course, now_s: number) =>
  done_s + (since_s === undefined ? 0 : Math.max(0, now_s - since_s));

/** The course at `now_s`: phases that are over have given way to the next ones. */
export function at(course: Course, plan: Plan, now_s: number): Course {
  let now = course;
  while (!now.over && now.since_s !== undefined) {
    const end_s = now.since_s + lengthOf(plan, now.phase) - now.done_s;
    if (now_s < end_s) return now;
    const next = ORDER[ORDER.indexOf(now.phase) + 1];
    const ended = closed(now, end_s);
    now = next === undefined ? { ...ended, over: true } : begunPhase(ended, next, end_s);
  }
  return now;
}

export const begin = (plan: Plan): Course =>
  at({ stretches: [], phase: 'warm_up', done_s: 0, since_s: 0, over: false }, plan, 0);

export const paused = (course: Course, now_s: number): Course => closed(course, now_s);

export const resumed = (course: Course, now_s: number): Course =>
  course.over || course.since_s !== undefined ? course : { ...course, since_s: now_s };

/** Leaves warm-up or main part early, for the cool-down. */
export const toCoolDown = (course: Course, plan: Plan, now_s: number): Course =>
  course.over || course.phase === 'cool_down'
    ? course
    : at(begunPhase(closed(course, now_s), 'cool_down', now_s), plan, now_s);

export const ended = (course: Course, now_s: number): Course => ({ ...closed(course, now_s), over: true });

/** The moments of the main part at which ratings are asked for, in seconds of the main part. */
export function ratingTimes({ main_min }: Plan): number[] {
  const main_s = 60 * main_min;
  const last = Math.max(main_s / 2, main_s - LAST_RATING_S);
  const times: number[] = [];
  for (let time = RATING_EVERY_S; time <= last - RATING_EVERY_S / 2; time += RATING_EVERY_S) times.push(time);
  if (times.length === 0 && last >= main_s / 2 + LAST_RATING_S) times.push(main_s / 2);
  return [...times, last];
}
