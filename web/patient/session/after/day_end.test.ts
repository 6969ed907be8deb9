// SPDX-License-Identifier: Apache-2.0
// Sessions here are made up.
import { describe, expect, it } from 'vitest';
import type { ExerciseDone, Session } from '../flow.ts';
import { celebrates, confetti, nextOf } from './day_end.ts';

const exercise = (rest: Partial<ExerciseDone> = {}): ExerciseDone => ({
  request: 'r',
  state: 'done',
  sets: [{ id: 'a', startedAt: '', endedAt: '', by: 'hand', count: 8, held_s: null, quality: null, short: false }],
  pains: [2],
  ...rest,
});
const session = (rest: Partial<Session> = {}): Session => ({
  id: 's',
  startedAt: '2026-03-05T10:00:00Z',
  step: { kind: 'summary' },
  flagsDue: false,
  index: 0,
  exercises: [exercise()],
  painBefore: 2,
  ...rest,
});

describe('celebrates', () => {
  it('a session that was done without more pain', () => {
    expect(celebrates(session())).toBe(true);
    expect(celebrates(session({ exercises: [exercise(), exercise({ state: 'skipped', sets: [], pains: [] })] }))).toBe(
      true,
    );
  });
  it('nothing after pain', () => {
    expect(celebrates(session({ exercises: [exercise({ pains: [3] })] }))).toBe(false);
    expect(celebrates(session({ painToday: 6 }))).toBe(false);
    const { painBefore: _, ...unasked } = session();
    expect(celebrates(unasked)).toBe(false);
    const hurt = exercise({ state: 'stopped', hurtAt: null });
    expect(celebrates(session({ exercises: [exercise(), hurt] }))).toBe(false);
    expect(celebrates(session({ before: [hurt] }))).toBe(false);
  });
  it('nothing after a stop, a hold or a halt', () => {
    expect(celebrates(session({ stopped: 'enough' }))).toBe(false);
    expect(celebrates(session({ exercises: [exercise(), exercise({ state: 'held', sets: [] })] }))).toBe(false);
    expect(celebrates(session({ step: { kind: 'halted', why: 'redFlag' } }))).toBe(false);
  });
  it('nothing where nothing was done', () => {
    expect(celebrates(session({ exercises: [exercise({ state: 'skipped', sets: [] })] }))).toBe(false);
  });
});

describe('nextOf', () => {
  const thursday = new Date(2026, 2, 5, 12);
  const on = (...days: string[]) => days.map((day) => ({ exercise: 'squat', day, count: 8 }));
  it('is tomorrow for every day, and where the rest of the week is needed', () => {
    expect(nextOf([], 7, thursday)).toStrictEqual({ kind: 'tomorrow' });
    expect(nextOf([], 4, thursday)).toStrictEqual({ kind: 'tomorrow' }); // three days are left for three
    expect(nextOf([], 6, thursday)).toStrictEqual({ kind: 'tomorrow' });
  });
  it('says how many days are left', () => {
    expect(nextOf([], 3, thursday)).toStrictEqual({ kind: 'days', days: 2 });
    expect(nextOf(on('2026-03-02', '2026-03-05'), 3, thursday)).toStrictEqual({ kind: 'days', days: 1 });
    expect(nextOf(on('2026-03-01'), 3, thursday), 'last week').toStrictEqual({ kind: 'days', days: 2 });
  });
  it('knows a goal that is reached, and blames nothing on a Sunday', () => {
    expect(nextOf(on('2026-03-02', '2026-03-03'), 3, thursday)).toStrictEqual({ kind: 'reached', goal: 3 });
    expect(nextOf([], 3, new Date(2026, 2, 8, 12))).toStrictEqual({ kind: 'days', days: 0 });
  });
});

it('spreads its confetti over the screen', () => {
  const pieces = confetti();
  expect(pieces.length).toBeLessThan(48);
  expect(Math.min(...pieces.map(({ left }) => left))).toBeLessThan(0.05);
  expect(Math.max(...pieces.map(({ left }) => left))).toBeGreaterThan(0.95);
});
