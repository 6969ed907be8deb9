// What comes after what in a patient's session.
//
//   node --test tests/web/flow.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const flow = await load('patient/session/flow.ts');
const now = new Date('2026-03-01T10:00:00Z');
const doses = [
  { request: 'squat', sets: 2, rest_s: 60 },
  { request: 'balance', sets: 1, rest_s: 30 },
];
const begin = (options = {}) =>
  flow.begun(doses, { id: 'one', at: now, flagsDue: false, morningDue: false, ...options });
const set = (id, by = 'camera') => ({
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

test('questions come first, those that are due', () => {
  assert.equal(kind(begin()), 'pain');
  assert.equal(kind(begin({ flagsDue: true })), 'flags');
  const morning = begin({ flagsDue: true, morningDue: true });
  assert.equal(kind(morning), 'morning');
  assert.equal(kind(flow.morningAnswered(morning, true)), 'flags');
  assert.equal(kind(flow.flagsAnswered(flow.morningAnswered(morning, true), false)), 'pain');
});

test('a dangerous sign, unsettled pain or too much pain ends it before the first exercise', () => {
  assert.deepEqual(flow.flagsAnswered(begin({ flagsDue: true }), true).step, { kind: 'halted', why: 'redFlag' });
  assert.deepEqual(flow.morningAnswered(begin({ morningDue: true }), false).step, { kind: 'halted', why: 'unsettled' });
  assert.deepEqual(flow.painSaid(begin(), 8, true).step, { kind: 'halted', why: 'pain' });
});

test('sets, rests and exercises follow each other to the summary', () => {
  let session = flow.painSaid(begin(), 2, false);
  session = flow.startSet(session, 'camera');
  session = flow.setDone(session, doses[0], set('a'), now);
  assert.deepEqual(session.step, { kind: 'rest', by: 'camera', until: '2026-03-01T10:01:00.000Z' });
  session = flow.restOver(session);
  assert.deepEqual(session.step, { kind: 'set', by: 'camera' });
  session = flow.setDone(session, doses[0], set('b'), now);
  assert.equal(kind(session), 'painAfter');
  session = flow.painAfterSaid(session, 3, false);
  assert.deepEqual(
    [kind(session), session.index, session.exercises[0].state, session.exercises[0].pains],
    ['introduce', 1, 'done', [3]],
  );
  session = flow.setDone(flow.startSet(session, 'hand'), doses[1], set('c', 'hand'), now);
  session = flow.felt(flow.painAfterSaid(session, 2, false), 4, 'fine', now);
  assert.equal(kind(session), 'summary');
  assert.ok(flow.isOver(session));
  assert.deepEqual(
    session.exercises.flatMap(({ sets }) => sets.map(({ id }) => id)),
    ['a', 'b', 'c'],
  );
});

test('every stop asks for dangerous signs; what was counted stays', () => {
  const during = flow.startSet(flow.painSaid(begin(), 2, false), 'camera');
  for (const why of ['pain', 'unwell', 'enough']) {
    const stopped = flow.stopped(flow.withPart(during, set('half')), why);
    assert.deepEqual(stopped.step, { kind: 'flags', on: 'stop' });
    assert.deepEqual([stopped.exercises[0].state, stopped.exercises[0].sets.length], ['stopped', 1]);
    assert.equal(kind(flow.flagsAnswered(stopped, true)), 'halted');
    assert.equal(kind(flow.flagsAnswered(stopped, false)), why === 'pain' ? 'hurt' : 'feeling');
  }
});

test('pain ends an exercise and leaves the others', () => {
  let session = flow.startSet(flow.painSaid(begin(), 2, false), 'camera');
  session = flow.setDone(flow.restOver(flow.setDone(session, doses[0], set('a'), now)), doses[0], set('b'), now);
  session = flow.flagsAnswered(flow.painAfterSaid(session, 7, true), false);
  assert.equal(kind(session), 'hurt');
  assert.deepEqual([kind(flow.goneOn(session)), flow.goneOn(session).index], ['introduce', 1]);
  assert.equal(kind(flow.ended(session)), 'feeling');
});

// Patient finding 23
test('begun in the middle, what was left out is offered, not begun', () => {
  let session = flow.painSaid(begin({ from: 1 }), 0, false);
  assert.equal(session.index, 1);
  session = flow.skipped(session);
  assert.deepEqual([kind(session), session.exercises[1].state], ['earlier', 'skipped']);
  assert.equal(kind(flow.ended(session)), 'summary', 'nothing was done, so nothing is asked');
  session = flow.toEarlier(session);
  assert.deepEqual([kind(session), session.index], ['introduce', 0]);
  assert.equal(kind(flow.skipped(session)), 'summary');
});

// Patient finding 5
test('the exercise that is chosen is the one that is opened', () => {
  const open = flow.painSaid(begin(), 2, false);
  assert.deepEqual([flow.chosen(open, 1).index, kind(flow.chosen(open, 1))], [1, 'introduce']);
  assert.deepEqual(
    [flow.chosen(begin(), 1).index, kind(flow.chosen(begin(), 1))],
    [1, 'pain'],
    'what is due is asked before',
  );
  // What is asked after an exercise, too.
  let asked = flow.setDone(
    flow.startSet(flow.painSaid(begin({ from: 1 }), 2, false), 'hand'),
    doses[1],
    set('a', 'hand'),
    now,
  );
  asked = flow.chosen(asked, 0);
  assert.equal(kind(asked), 'painAfter');
  assert.deepEqual(
    [kind(flow.painAfterSaid(asked, 2, false)), flow.painAfterSaid(asked, 2, false).index],
    ['introduce', 0],
  );
  // Once more: what was done of it counts, and it begins anew.
  const again = flow.chosen(flow.painAfterSaid(asked, 2, false), 1);
  assert.deepEqual(
    [again.index, again.exercises[1].sets.length, flow.doneIn(again).flatMap(({ sets }) => sets).length],
    [1, 0, 1],
  );
});

// Patient findings 1 and 4
test('what is on hold is not started and not gone on with', () => {
  const introduced = flow.painSaid(begin(), 2, false);
  const one = flow.withHeld(introduced, (request) => request === 'squat', false);
  assert.deepEqual([kind(one), one.index, one.exercises[0].state], ['introduce', 1, 'held']);
  assert.equal(flow.chosen(one, 0), one, 'nor by choosing it');
  assert.equal(flow.withHeld(one, () => false, false).exercises[0].state, 'open', 'the clinic has opened it');
  assert.deepEqual(flow.withHeld(introduced, () => true, true).step, { kind: 'halted', why: 'held' });
  assert.equal(kind(flow.withHeld(introduced, () => true, false)), 'summary');
  const hurt = flow.goneOn(flow.flagsAnswered(flow.stopped(introduced, 'pain', 8), false));
  assert.equal(flow.chosen(hurt, 0), hurt, 'what was stopped because of pain is not opened again');
});

// Patient finding 3
test('every pain of the day counts', () => {
  let session = flow.painSaid(begin({ painToday: 4 }), 2, false);
  session = flow.stopped(flow.withPain(session, 8), 'pain', 8);
  assert.deepEqual(flow.painsOf(session), [2, 4, 8]);
  assert.equal(session.exercises[0].hurtAt, 8);
});

test('a set that a reload cut off begins anew', () => {
  const during = flow.startSet(flow.painSaid(begin(), 2, false), 'camera');
  assert.equal(kind(flow.resumed(JSON.parse(JSON.stringify(during)))), 'introduce');
});

test('balance exercises never start by themselves', () => {
  const starts = (inView, hand, alone) => flow.startsItself({ inView, hand, alone });
  assert.deepEqual(
    [starts(true, false, true), starts(true, true, false), starts(true, false, false), starts(false, true, true)],
    [true, true, false, false],
  );
});

const three = [...doses, { request: 'lift', sets: 2, rest_s: 30 }];
const resting = () =>
  flow.setDone(flow.startSet(flow.painSaid(begin(), 2, false), 'hand'), doses[0], set('a', 'hand'), now);

test('a programme that the clinic changes meanwhile', () => {
  const all = new Set(['squat', 'balance', 'lift']);
  const longer = flow.reprogrammed(resting(), three, all);
  assert.deepEqual(
    [kind(longer), longer.exercises.length, longer.exercises[0].sets.length],
    ['rest', 3, 1],
    'the exercise goes on',
  );
  const other = flow.reprogrammed(resting(), three, new Set(['balance', 'lift']));
  assert.deepEqual(
    [kind(other), other.index, other.exercises[0].sets.length],
    ['introduce', 0, 1],
    'it is shown anew; what was done stays',
  );
  const fewer = flow.reprogrammed(
    resting(),
    [{ request: 'squat', sets: 1, rest_s: 60 }, doses[1]],
    new Set(['balance']),
  );
  assert.deepEqual([kind(fewer), fewer.exercises[0].state], ['painAfter', 'done'], 'no set more than is wanted now');
  const gone = flow.reprogrammed(resting(), [doses[1]], all);
  assert.deepEqual(
    [kind(gone), gone.index, gone.exercises[0].request],
    ['introduce', 0, 'balance'],
    'an exercise that was taken out is not gone on with',
  );
  assert.deepEqual(
    [kind(flow.reprogrammed(resting(), [], all)), flow.reprogrammed(resting(), [], all).index],
    ['summary', 0],
  );
});

const { startTimes } = await load('patient/session/set_times.ts');

test('a set takes as long as it took, whatever is done to the clock', () => {
  const took = (clock_ms, ticks_ms) => {
    const clock = [now.getTime(), now.getTime() + clock_ms];
    const ticks = [5, 5 + ticks_ms];
    const { startedAt, endedAt } = startTimes(
      () => clock.shift(),
      () => ticks.shift(),
    )();
    return new Date(endedAt) - new Date(startedAt);
  };
  assert.equal(took(60_000, 60_000), 60_000);
  assert.equal(took(600_000, 60_000), 600_000, 'the device slept');
  assert.equal(took(-86_400_000, 60_000), 60_000);
  assert.equal(took(86_460_000, 60_000), 60_000);
});

const { watchPace } = await load('coach/pace_of_pictures.ts');

test('too few pictures are noticed, a pause is not', () => {
  const tell = (hertz, seconds, from = 0, slow = watchPace()) =>
    Array.from({ length: hertz * seconds }, (_, i) => slow(from + i / hertz)).at(-1);
  assert.equal(tell(24, 10), false);
  assert.equal(tell(12, 10), false);
  assert.equal(tell(8, 10), true);
  assert.equal(tell(8, 2), false, 'not for long yet');
  const slow = watchPace();
  tell(24, 5, 0, slow);
  assert.equal(tell(24, 2, 60, slow), false, 'after a pause');
});
