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

test('refuses invalid options', () => {
  for (const work of [
    () => arm.game('chess', { repetitions: 3 }),
    () => arm.game('balloon', { repetitions: 0 }),
    () => arm.game('balloon', { repetitions: 3, effort: 11 }),
  ]) {
    assert.throws(work, RepriseError);
  }
});

test('is offered where nothing is lost by looking at a screen', () => {
  for (const id of ['seated_knee_extension', 'heel_slide', 'shoulder_flexion'])
    assert.equal(exercise(id).facts().game_eligible, true, id);
  for (const id of ['squat', 'single_leg_stance', 'neck_rotation', 'push_up'])
    assert.equal(exercise(id).facts().game_eligible, false, id);
});
