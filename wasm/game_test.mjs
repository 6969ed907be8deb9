// SPDX-License-Identifier: Apache-2.0
// Games through the browser's module, as a page plays them. REPRISE_MODULE names the folder with the built module.
//
//   REPRISE_MODULE=build/wasm/module node --test wasm/game_test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exerciseOf as exercise, RepriseError } from './module_under_test.mjs';

const arm = exercise('shoulder_flexion');

/** A set of a simulated person with the coach beside the game; every state of the game. */
function played(
  of,
  kind,
  options,
  coaching = {},
  frames = of.simulate({ repetitions: options.repetitions, azimuth_deg: 90 }),
) {
  const coach = of.coach(coaching);
  const game = of.game(kind, options);
  const states = frames.map((frame) => {
    const events = coach.step(frame);
    const state = game.step({ time_s: frame.time_s, now: coach.now, count: coach.count, events });
    assert.equal(state.done, coach.count, 'a task is what the coach counts');
    return state;
  });
  const { result, carried } = game;
  coach.release();
  game.release();
  return { states, last: states.at(-1), result, carried };
}

test('a simulated person who does the whole movement wins all of both games', () => {
  for (const kind of ['balloon', 'orchard']) {
    const { states, last, result, carried } = played(arm, kind, { repetitions: 4 });
    assert.deepEqual([last.phase, last.tasks, last.done, last.succeeded], ['over', 4, 4, 4], kind);
    assert.deepEqual(
      { ...result, difficultyAtStart: 0, difficultyAtEnd: 0 },
      { kind, tasks: 4, succeeded: 4, difficultyAtStart: 0, difficultyAtEnd: 0 },
    );
    assert.ok(result.difficultyAtEnd > result.difficultyAtStart && carried === result.difficultyAtEnd);
    const phases = new Set(states.map(({ phase }) => phase));
    for (const phase of ['coming', 'going', 'kept', 'over']) assert.ok(phases.has(phase), `${kind} ${phase}`);
    assert.ok(states.some(({ just }) => just?.result === 'succeeded'));
    const shapes = new Set(states.flatMap(({ objects }) => objects.map(({ shape }) => shape)));
    const wanted = kind === 'balloon' ? ['balloon', 'gathered', 'hill'] : ['basket', 'fruit', 'gathered', 'picker'];
    assert.deepEqual([...shapes].sort(), wanted);
    for (const { x, y, size, variant } of states.flatMap(({ objects }) => objects)) {
      assert.ok(x > -0.5 && x < 1.3 && y >= 0 && y <= 1 && size >= 0 && size <= 1 && [0, 1, 2].includes(variant));
    }
  }
});

test('with a ceiling the target lies before it, and passing it wins nothing', () => {
  const { states, last } = played(arm, 'balloon', { repetitions: 3, ceiling: 90, carried: 1 }, { ceiling: 90 });
  const ceiling = (90 - arm.facts().rest) / (arm.facts().target - arm.facts().rest);
  assert.ok(states.every(({ asked }) => asked.progress < ceiling));
  assert.equal(last.done, 3);
  assert.equal(last.succeeded, 0);
  const lid = last.objects.find(({ shape }) => shape === 'lid');
  assert.ok(
    lid && states.flatMap(({ objects }) => objects).every(({ shape, y }) => shape !== 'balloon' || y <= lid.y + 1e-9),
  );
});

test('no task exceeds the prescribed target', () => {
  const facts = arm.facts();
  const { states } = played(arm, 'balloon', { repetitions: 3, target: 80, carried: 1 });
  const share = (80 - facts.rest) / (facts.target - facts.rest);
  assert.ok(states.every(({ asked }) => asked.progress <= share + 1e-9));
});

test('checks the stored level, and starts easier after a hard session', () => {
  const begun = (options) => {
    const game = arm.game('balloon', { repetitions: 5, ...options });
    const { result } = game;
    game.release();
    return result.difficultyAtStart;
  };
  const first = begun({});
  assert.equal(begun({ carried: 0.8 }), 0.8);
  assert.equal(begun({ carried: 40 }), 1);
  for (const carried of [Number.NaN, 'high', {}, null, Infinity])
    assert.equal(begun({ carried }), first, String(carried));
  assert.ok(begun({ carried: 0.8, effort: 9 }) < 0.8);
  assert.equal(begun({ carried: 0.8, effort: null }), 0.8);
});

test('waits for a person who is not seen', () => {
  const game = arm.game('orchard', { repetitions: 2 });
  const now = { progress: null, part: 'rest', held_s: 0, at_ceiling: false, unseen: 'shoulder_flexion' };
  let state;
  for (let i = 1; i < 200; ++i) state = game.step({ time_s: i / 10, now, count: 0, events: [] });
  assert.deepEqual([state.seen, state.phase, state.done, state.traveled], [false, 'coming', 0, 0]);
  assert.deepEqual(game.step({ time_s: 21, count: 0, events: [] }), game.state, 'before the set');
  game.release();
});

test('equal seeds decorate alike', () => {
  const seen = (seed) => JSON.stringify(played(arm, 'orchard', { repetitions: 2, seed }).states);
  assert.equal(seen(5), seen(5));
  assert.notEqual(seen(5), seen(6));
});

const facing = (of, options) => of.simulate({ azimuth_deg: 0, ...options });

test('the lanterns ask for the prescribed arm, and hang below the ceiling', () => {
  const raise = exercise('shoulder_abduction');
  const frames = facing(raise, { repetitions: 3, mirror: true });
  const { states, last } = played(raise, 'lanterns', { repetitions: 3, side: 'left' }, { side: 'left' }, frames);
  assert.deepEqual([last.phase, last.succeeded], ['over', 3]);
  assert.ok(states.every(({ asked }) => asked.side === 'left'));
  const hands = states.flatMap(({ objects }) => objects.filter(({ shape }) => shape === 'hand'));
  assert.ok(
    hands.every(({ x }) => x <= 0.5),
    'the own left is at the left, as in a mirror',
  );
  const limited = played(raise, 'lanterns', { repetitions: 3, ceiling: 60, carried: 1 }, { ceiling: 60 }, frames);
  assert.equal(limited.last.succeeded, 0);
});

test('the river goes to the side to which a person leans, and asks for either', () => {
  const lean = exercise('seated_side_bend');
  const seen = new Set();
  const frames = facing(lean, { repetitions: 4 });
  const { states, last } = played(lean, 'river', { repetitions: 4 }, {}, frames);
  for (const { asked, objects } of states) {
    if (asked.side) seen.add(asked.side);
    for (const { shape, x } of objects) if (shape === 'boat') assert.ok(x > 0.05 && x < 0.95);
  }
  assert.deepEqual([...seen].sort(), ['left', 'right']);
  assert.equal(last.done, 4);
  assert.ok(last.succeeded >= 1);
});

test('poor form and a high heart rate make it easier at once', () => {
  const after = (change) => {
    const game = arm.game('balloon', { repetitions: 5, carried: 0.5 });
    const now = (progress, part) => ({ progress, part, held_s: 0, at_ceiling: false, unseen: null, side: null });
    let time_s = 0;
    const step = (progress, part, count, events = []) =>
      game.step({ time_s: (time_s += 0.1), now: now(progress, part), count, events, ...change.look });
    for (let i = 0; i <= 20; ++i) step(i / 20, 'out', 0);
    for (let i = 20; i > 4; --i) step(i / 20, 'back', 0);
    step(0.2, 'back', 1, [{ kind: 'repetition', ...change.event }]);
    const { carried, result } = game;
    game.release();
    assert.equal(result.succeeded, 1);
    return carried;
  };
  assert.ok(after({}) > 0.5);
  assert.ok(after({ event: { kept: ['a'], broken: ['b'] } }) > 0.5);
  assert.ok(after({ event: { kept: [], broken: ['b'] } }) < 0.5);
  assert.ok(after({ look: { strained: true } }) < 0.5);
});

test('refuses invalid options', () => {
  for (const work of [
    () => arm.game('chess', { repetitions: 3 }),
    () => arm.game('balloon', { repetitions: 0 }),
    () => arm.game('balloon', { repetitions: 3, effort: 11 }),
    () => arm.game('lanterns', { repetitions: 3, side: 'up' }),
  ]) {
    assert.throws(work, RepriseError);
  }
});

test('is offered where nothing is lost by looking at a screen', () => {
  for (const id of ['seated_knee_extension', 'heel_slide', 'shoulder_flexion'])
    assert.equal(exercise(id).facts().game_eligible, true, id);
  for (const id of ['squat', 'single_leg_stance', 'neck_rotation', 'push_up'])
    assert.equal(exercise(id).facts().game_eligible, false, id);
  assert.deepEqual(exercise('weight_shift').facts().games, ['river']);
  assert.deepEqual(exercise('shoulder_abduction').facts().games, ['balloon', 'orchard', 'lanterns']);
  assert.deepEqual(exercise('single_leg_stance').facts().games, []);
});
