// SPDX-License-Identifier: Apache-2.0
// An endurance session under way, by the page's clock.
import { useCallback, useEffect, useRef, useState } from 'react';
import { marked, type Marks } from './clocks.ts';
import * as course from './course.ts';
import type { Course, Plan } from './course.ts';
import type { Kept } from './session_store.ts';

const LOOK_MS = 250;
const clock_s = () => performance.now() / 1000;

export interface Running {
  course: Course;
  /** Since the start. */
  now_s: number;
  /** The device slept, so the session was paused. */
  slept: boolean;
}

/** `before`: a session that was interrupted; it is over. */
export function useCourse(plan: Plan, before?: Kept) {
  const [running, setRunning] = useState<Running | undefined>(
    before && { course: before.course, now_s: before.course.stretches.at(-1)?.end_s ?? 0, slept: false },
  );
  const [startedAt, setStartedAt] = useState(before && new Date(before.startedAt));
  const zero_s = useRef(0);
  const last_s = useRef(0);
  // Some devices stop the page's clock while they sleep, but not the time of day.
  const lastDay_s = useRef(0);
  const marks = useRef<Marks>(before?.marks ?? []);
  const isOver = running?.course.over ?? true;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => {
      const now_s = clock_s() - zero_s.current;
      const seen_s = last_s.current;
      last_s.current = now_s;
      const day_s = Date.now() / 1000;
      const slept = Math.max(now_s - seen_s, day_s - lastDay_s.current) > course.LONGEST_SLEEP_S;
      lastDay_s.current = day_s;
      marks.current = marked(marks.current, { page_s: now_s, day_ms: day_s * 1000 });
      setRunning(
        (before) =>
          before && {
            course: slept ? course.paused(before.course, seen_s) : course.at(before.course, plan, now_s),
            now_s,
            slept: slept || before.slept,
          },
      );
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isOver, plan]);
  const start = useCallback(() => {
    zero_s.current = clock_s();
    last_s.current = 0;
    lastDay_s.current = Date.now() / 1000;
    const startedNow = new Date();
    marks.current = [{ page_s: 0, day_ms: startedNow.getTime() }];
    setStartedAt(startedNow);
    setRunning({ course: course.begin(plan), now_s: 0, slept: false });
  }, [plan]);
  const change = useCallback((work: (now: Course, now_s: number) => Course) => {
    const now_s = clock_s() - zero_s.current;
    last_s.current = now_s;
    lastDay_s.current = Date.now() / 1000;
    marks.current = marked(marks.current, { page_s: now_s, day_ms: Date.now() });
    setRunning((before) => before && { course: work(before.course, now_s), now_s, slept: false });
  }, []);
  return { running, startedAt, zero_s, marks, start, change };
}
