// SPDX-License-Identifier: Apache-2.0
// What comes after what in a patient's session.

import { describe, expect, it } from 'vitest';
import * as flow from './flow.ts';
import { startTimes } from './set_times.ts';
import { watchPace } from '../../coach/pace_of_pictures.ts';

const now = new Date('2026-03-01T10:00:00Z');
const doses = [
  { request: 'squat', sets: 2, rest_s: 60 },
  { request: 'balance', sets: 1, rest_s: 30 },
];
const begin = (options = {}) =>
  flow.begun(doses, { id: 'one', at: now, flagsDue: false, morningDue: false, ...options });
const set = (id, by = 'camera'): any => ({
  id,
  startedAt: '',
  endedAt: '',
  by,
  count: 5,
  held_s: null,
  quality: null,
  short: false,
});
const kind = (session) => session.step.kind;

describe('flow of a session', () => {
  it('questions come first, those that are due', () => {
    expect(kind(begin())).toBe('pain');
    expect(kind(begin({ flagsDue: true }))).toBe('flags');
    const morning = begin({ flagsDue: true, morningDue: true });
    expect(kind(morning)).toBe('morning');
    expect(kind(flow.morningAnswered(morning, true))).toBe('flags');
    expect(kind(flow.flagsAnswered(flow.morningAnswered(morning, true), false))).toBe('pain');
  });

  it('a dangerous sign, unsettled pain or too much pain ends it before the first exercise', () => {
    expect(flow.flagsAnswered(begin({ flagsDue: true }), true).step).toStrictEqual({ kind: 'halted', why: 'redFlag' });
    expect(flow.morningAnswered(begin({ morningDue: true }), false).step).toStrictEqual({
      kind: 'halted',
      why: 'unsettled',
    });
    expect(flow.painSaid(begin(), 8, true).step).toStrictEqual({ kind: 'halted', why: 'pain' });
  });

  it('sets, rests and exercises follow each other to the summary', () => {
    let session = flow.painSaid(begin(), 2, false);
    session = flow.startSet(session, 'camera');
    session = flow.setDone(session, doses[0], set('a'), now);
    expect(session.step).toStrictEqual({ kind: 'rest', by: 'camera', until: '2026-03-01T10:01:00.000Z' });
    session = flow.restOver(session);
    expect(session.step).toStrictEqual({ kind: 'set', by: 'camera' });
    session = flow.setDone(session, doses[0], set('b'), now);
    expect(kind(session)).toBe('painAfter');
    session = flow.painAfterSaid(session, 3, false);
    expect([kind(session), session.index, session.exercises[0].state, session.exercises[0].pains]).toStrictEqual([
      'introduce',
      1,
      'done',
      [3],
    ]);
    session = flow.setDone(flow.startSet(session, 'hand'), doses[1], set('c', 'hand'), now);
    session = flow.felt(flow.painAfterSaid(session, 2, false), 4, 'fine', now);
    expect(kind(session)).toBe('summary');
    expect(flow.isOver(session)).toBe(true);
    expect(session.exercises.flatMap(({ sets }) => sets.map(({ id }) => id))).toStrictEqual(['a', 'b', 'c']);
  });

  it('looks back on an exercise where there is something to say, and never after too much pain', () => {
    const asked = flow.setDone(
      flow.startSet(flow.painSaid(begin(), 2, false), 'camera'),
      { ...doses[0], sets: 1 },
      set('a'),
      now,
    );
    const after = flow.painAfterSaid(asked, 2, false, true);
    expect([kind(after), after.index]).toStrictEqual(['after', 0]);
    expect(flow.lookedBack(after)).toStrictEqual(flow.painAfterSaid(asked, 2, false));
    expect(kind(flow.painAfterSaid(asked, 8, true, true))).toBe('flags');
    expect([kind(flow.chosen(after, 1)), flow.chosen(after, 1).index]).toStrictEqual(['introduce', 1]);
  });

  it('every stop asks for dangerous signs and keeps the count', () => {
    const during = flow.startSet(flow.painSaid(begin(), 2, false), 'camera');
    for (const why of ['pain', 'unwell', 'enough'] as const) {
      const stopped = flow.stopped(flow.withPart(during, set('half')), why);
      expect(stopped.step).toStrictEqual({ kind: 'flags', on: 'stop' });
      expect([stopped.exercises[0].state, stopped.exercises[0].sets.length]).toStrictEqual(['stopped', 1]);
      expect(kind(flow.flagsAnswered(stopped, true))).toBe('halted');
      expect(kind(flow.flagsAnswered(stopped, false))).toBe(why === 'pain' ? 'hurt' : 'feeling');
    }
  });

  it('pain ends an exercise and leaves the others', () => {
    let session = flow.startSet(flow.painSaid(begin(), 2, false), 'camera');
    session = flow.setDone(flow.restOver(flow.setDone(session, doses[0], set('a'), now)), doses[0], set('b'), now);
    session = flow.flagsAnswered(flow.painAfterSaid(session, 7, true), false);
    expect(kind(session)).toBe('hurt');
    expect([kind(flow.goneOn(session)), flow.goneOn(session).index]).toStrictEqual(['introduce', 1]);
    expect(kind(flow.ended(session))).toBe('feeling');
  });

  // Patient finding 23
  it('a session begun in the middle offers the skipped exercises without starting them', () => {
    let session = flow.painSaid(begin({ from: 1 }), 0, false);
    expect(session.index).toBe(1);
    session = flow.skipped(session);
    expect([kind(session), session.exercises[1].state]).toStrictEqual(['earlier', 'skipped']);
    expect(kind(flow.ended(session)), 'nothing was done, so nothing is asked').toBe('summary');
    session = flow.toEarlier(session);
    expect([kind(session), session.index]).toStrictEqual(['introduce', 0]);
    expect(kind(flow.skipped(session))).toBe('summary');
  });

  // Patient finding 5
  it('the exercise that is chosen is the one that is opened', () => {
    const open = flow.painSaid(begin(), 2, false);
    expect([flow.chosen(open, 1).index, kind(flow.chosen(open, 1))]).toStrictEqual([1, 'introduce']);
    expect([flow.chosen(begin(), 1).index, kind(flow.chosen(begin(), 1))], 'due questions come first').toStrictEqual([
      1,
      'pain',
    ]);
    // The questions after an exercise come first as well.
    let asked = flow.setDone(
      flow.startSet(flow.painSaid(begin({ from: 1 }), 2, false), 'hand'),
      doses[1],
      set('a', 'hand'),
      now,
    );
    asked = flow.chosen(asked, 0);
    expect(kind(asked)).toBe('painAfter');
    expect([kind(flow.painAfterSaid(asked, 2, false)), flow.painAfterSaid(asked, 2, false).index]).toStrictEqual([
      'introduce',
      0,
    ]);
    // Chosen again: its completed sets count, and it begins anew.
    const again = flow.chosen(flow.painAfterSaid(asked, 2, false), 1);
    expect([
      again.index,
      again.exercises[1].sets.length,
      flow.doneIn(again).flatMap(({ sets }) => sets).length,
    ]).toStrictEqual([1, 0, 1]);
  });

  // Patient findings 1 and 4
  it('an exercise on hold is neither started nor continued', () => {
    const introduced = flow.painSaid(begin(), 2, false);
    const one = flow.withHeld(introduced, (request) => request === 'squat', false);
    expect([kind(one), one.index, one.exercises[0].state]).toStrictEqual(['introduce', 1, 'held']);
    expect(flow.chosen(one, 0), 'nor by choosing it').toBe(one);
    expect(flow.withHeld(one, () => false, false).exercises[0].state, 'the clinic has opened it').toBe('open');
    expect(flow.withHeld(introduced, () => true, true).step).toStrictEqual({ kind: 'halted', why: 'held' });
    expect(kind(flow.withHeld(introduced, () => true, false))).toBe('summary');
    const hurt = flow.goneOn(flow.flagsAnswered(flow.stopped(introduced, 'pain', 8), false));
    expect(flow.chosen(hurt, 0), 'an exercise stopped because of pain stays closed').toBe(hurt);
  });

  // Patient finding 3
  it('every pain of the day counts', () => {
    let session = flow.painSaid(begin({ painToday: 4 }), 2, false);
    session = flow.stopped(flow.withPain(session, 8), 'pain', 8);
    expect(flow.painsOf(session)).toStrictEqual([2, 4, 8]);
    expect(session.exercises[0].hurtAt).toBe(8);
  });

  it('a set that a reload cut off begins anew', () => {
    const during = flow.startSet(flow.painSaid(begin(), 2, false), 'camera');
    expect(kind(flow.resumed(JSON.parse(JSON.stringify(during))))).toBe('introduce');
  });

  it('balance exercises never start by themselves', () => {
    const starts = (inView, hand, alone) => flow.startsItself({ inView, hand, alone });
    expect([
      starts(true, false, true),
      starts(true, true, false),
      starts(true, false, false),
      starts(false, true, true),
    ]).toStrictEqual([true, true, false, false]);
  });

  const three = [...doses, { request: 'lift', sets: 2, rest_s: 30 }];
  const resting = () =>
    flow.setDone(flow.startSet(flow.painSaid(begin(), 2, false), 'hand'), doses[0], set('a', 'hand'), now);

  it('a programme that the clinic changes meanwhile', () => {
    const all = new Set(['squat', 'balance', 'lift']);
    const longer = flow.reprogrammed(resting(), three, all);
    expect(
      [kind(longer), longer.exercises.length, longer.exercises[0].sets.length],
      'the exercise goes on',
    ).toStrictEqual(['rest', 3, 1]);
    const other = flow.reprogrammed(resting(), three, new Set(['balance', 'lift']));
    expect(
      [kind(other), other.index, other.exercises[0].sets.length],
      'it is shown anew; its completed sets stay',
    ).toStrictEqual(['introduce', 0, 1]);
    const fewer = flow.reprogrammed(
      resting(),
      [{ request: 'squat', sets: 1, rest_s: 60 }, doses[1]],
      new Set(['balance']),
    );
    expect([kind(fewer), fewer.exercises[0].state], 'no set more than is wanted now').toStrictEqual([
      'painAfter',
      'done',
    ]);
    const gone = flow.reprogrammed(resting(), [doses[1]], all);
    expect(
      [kind(gone), gone.index, gone.exercises[0].request],
      'an exercise that was taken out is not gone on with',
    ).toStrictEqual(['introduce', 0, 'balance']);
    expect([kind(flow.reprogrammed(resting(), [], all)), flow.reprogrammed(resting(), [], all).index]).toStrictEqual([
      'summary',
      0,
    ]);
  });

  it('a set takes as long as it took, whatever is done to the clock', () => {
    const took = (clock_ms, ticks_ms) => {
      const clock = [now.getTime(), now.getTime() + clock_ms];
      const ticks = [5, 5 + ticks_ms];
      const { startedAt, endedAt } = startTimes(
        () => clock.shift(),
        () => ticks.shift(),
      )();
      return new Date(endedAt).getTime() - new Date(startedAt).getTime();
    };
    expect(took(60_000, 60_000)).toBe(60_000);
    expect(took(600_000, 60_000), 'the device slept').toBe(600_000);
    expect(took(-86_400_000, 60_000)).toBe(60_000);
    expect(took(86_460_000, 60_000)).toBe(60_000);
  });

  it('too few pictures are noticed, a pause is not', () => {
    const tell = (hertz, seconds, from = 0, slow = watchPace()) =>
      Array.from({ length: hertz * seconds }, (_, i) => slow(from + i / hertz)).at(-1);
    expect(tell(24, 10)).toBe(false);
    expect(tell(12, 10)).toBe(false);
    expect(tell(8, 10)).toBe(true);
    expect(tell(8, 2), 'not for long yet').toBe(false);
    const slow = watchPace();
    tell(24, 5, 0, slow);
    expect(tell(24, 2, 60, slow), 'after a pause').toBe(false);
  });
});
