// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import * as course from './course.ts';

const plan = { warmUp_min: 5, main_min: 20, coolDown_min: 5 };
const total = (stretches: readonly course.Stretch[]) =>
  stretches.reduce((sum, { start_s, end_s }) => sum + end_s - start_s, 0);

describe('the course of an endurance session', () => {
  it('goes from warm-up over the main part to the cool-down, and ends', () => {
    const start = course.begin(plan);
    expect(start.phase).toBe('warm_up');
    expect(course.at(start, plan, 299).phase).toBe('warm_up');
    expect(course.at(start, plan, 300).phase).toBe('main');
    expect(course.at(start, plan, 1500).phase).toBe('cool_down');
    const end = course.at(start, plan, 5000); // looked at late
    expect(end.over).toBe(true);
    expect(end.stretches).toStrictEqual([
      { phase: 'warm_up', start_s: 0, end_s: 300 },
      { phase: 'main', start_s: 300, end_s: 1500 },
      { phase: 'cool_down', start_s: 1500, end_s: 1800 },
    ]);
  });

  it('counts no pause, and goes on where it was', () => {
    const running = course.at(course.begin(plan), plan, 400);
    const waiting = course.paused(running, 400);
    expect(course.inPhase_s(waiting, 1000)).toBe(100);
    expect(course.at(waiting, plan, 5000)).toBe(waiting);
    const again = course.resumed(waiting, 1000);
    expect(course.inPhase_s(again, 1010)).toBe(110);
    const end = course.at(again, plan, 9000);
    expect(total(end.stretches)).toBe(1800);
    expect(end.stretches.filter(({ phase }) => phase === 'main')).toHaveLength(2);
  });

  it('skips phases without a length', () => {
    const start = course.begin({ warmUp_min: 0, main_min: 1, coolDown_min: 0 });
    expect(start.phase).toBe('main');
    const end = course.at(start, { warmUp_min: 0, main_min: 1, coolDown_min: 0 }, 60);
    expect(end.over).toBe(true);
    expect(end.stretches).toStrictEqual([{ phase: 'main', start_s: 0, end_s: 60 }]);
  });

  it('leaves for the cool-down early, and ends where the patient stops', () => {
    const main = course.at(course.begin(plan), plan, 600);
    const cooling = course.toCoolDown(main, plan, 600);
    expect(cooling.phase).toBe('cool_down');
    const end = course.ended(course.at(cooling, plan, 650), 650);
    expect(end.over).toBe(true);
    expect(total(end.stretches)).toBe(650);
    expect(course.resumed(end, 700)).toBe(end);
  });

  it('asks for ratings on the way and shortly before the end', () => {
    expect(course.ratingTimes(plan)).toStrictEqual([300, 600, 900, 1170]);
    expect(course.ratingTimes({ ...plan, main_min: 6 })).toStrictEqual([180, 330]);
    expect(course.ratingTimes({ ...plan, main_min: 1 })).toStrictEqual([30]);
  });
});
