// SPDX-License-Identifier: Apache-2.0
// Worn sensors through the browser's module: packets in, sets, games and bundles out. All of them are simulated.
// REPRISE_MODULE names the folder with the built module.
//
//   REPRISE_MODULE=build/wasm/module node --test wasm/worn_test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exerciseOf as exercise, reprise, RepriseError } from './module_under_test.mjs';

const knee = exercise('seated_knee_extension');
const SCALE = 0.002;

const described = (rate_hz, channels) => new TextEncoder().encode(JSON.stringify({ rate_hz, channels }));
const inertial = (place) =>
  described(
    100,
    ['acceleration', 'angular_velocity'].flatMap((what) =>
      ['x', 'y', 'z'].map((axis) => ({
        as: `${place}.${what}_${axis}`,
        unit: what === 'acceleration' ? 'm/s2' : 'rad/s',
        scale: SCALE,
      })),
    ),
  );
const electrodes = described(1000, [{ as: 'left_thigh.emg', unit: 'uV', scale: 0.1 }]);

function packet(first, samples) {
  const bytes = new DataView(new ArrayBuffer(4 + 2 * samples.length));
  bytes.setUint32(0, first, true);
  samples.forEach((value, i) => {
    bytes.setInt16(4 + 2 * i, Math.round(value), true);
  });
  return new Uint8Array(bytes.buffer);
}

function noise_of(seed) {
  let state = seed;
  const dice = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(dice() + 1e-12)) * Math.cos(2 * Math.PI * dice());
}

/** 0 before `start`, 1 from a second later on, smooth. */
const ease = (t, start) => {
  const s = Math.min(1, Math.max(0, t - start));
  return s * s * s * (10 - 15 * s + 6 * s * s);
};
/**
 * Thigh and knee at a time: 0 to 4 s upright, to 10 s swings as a whole, 12 s upright, then as on a chair, where the
 * knee straightens from 18 s on, once in four seconds.
 */
const thigh_at = (t) => 0.5 * ease(t, 4) * (1 - ease(t, 9)) * Math.sin(2.5 * (t - 4)) + 1.4 * ease(t, 13);
const knee_at = (t) => {
  const straight = t > 18 ? (1 - Math.cos((Math.PI * (t - 18)) / 2)) / 2 : 0;
  return (Math.PI / 180) * (90 - 85 * straight) * ease(t, 13);
};

/** A sample of gravity and rotation; each sensor is put on its own way round. */
function felt(place, t, noise) {
  const angle = (at) => thigh_at(at) - (place === 'left_shank' ? knee_at(at) : 0);
  const velocity = (angle(t + 1e-4) - angle(t - 1e-4)) / 2e-4;
  const [x, y] = [9.81 * Math.sin(angle(t)), 9.81 * Math.cos(angle(t))];
  const [a, w] =
    place === 'left_thigh'
      ? [
          [y, 0, x],
          [0, velocity, 0],
        ]
      : [
          [x, 0, -y],
          [0, velocity, 0],
        ];
  return [...a.map((one) => one + 0.05 * noise()), ...w.map((one) => one + 0.01 + 0.005 * noise())].map(
    (one) => one / SCALE,
  );
}

const done_set = (side) => ({
  id: '00000000-0000-4000-8000-000000000001',
  session: '00000000-0000-4000-8000-000000000002',
  patient: 'p',
  simulated: true,
  exercise: { request: 'r', side, ceiling: null },
  start: '2026-01-02T10:00:00+01:00',
  end: '2026-01-02T10:01:00+01:00',
  stopped: null,
  pain: [],
  effort: null,
  note: null,
});

test('two sensors on a leg are learned, count a set, steer a game and make its bundle', () => {
  assert.deepEqual(knee.facts().sensors, ['thigh', 'shank']);
  const worn = knee.wear('left');
  assert.deepEqual(worn.places, ['left_thigh', 'left_shank']);
  worn.places.forEach((place, sensor) => {
    worn.connect(sensor, inertial(place));
  });
  const noise = noise_of(7);
  const set = worn.set(knee, { side: 'left' });
  const game = knee.game('balloon', { repetitions: 3 });
  const steps = [];
  const errors = [];
  let state;
  let spent_ms = 0;
  for (let first = 0; first < 32 * 100; first += 5) {
    const packets = worn.places.map((place) =>
      packet(
        first,
        [0, 1, 2, 3, 4].flatMap((i) => felt(place, (first + i) / 100, noise)),
      ),
    );
    const came_s = 50 + (first + 5) / 100;
    const begun = performance.now();
    packets.forEach((bytes, sensor) => {
      worn.take(sensor, bytes, came_s);
    });
    state = worn.look(came_s);
    spent_ms += performance.now() - begun;
    if (steps.at(-1) !== state.step) steps.push(state.step);
    for (const moment of state.moments) {
      const t = moment.time_s - 50;
      if (moment.value !== null) errors.push(moment.value - (180 / Math.PI) * knee_at(t));
      if (t < 17) continue;
      const events = set.step({ ...moment, simulated: true });
      game.step({ time_s: moment.time_s, now: set.now, count: set.count, events });
    }
  }
  set.finish();
  assert.deepEqual(steps, ['pose', 'movement', 'tracking']);
  assert.equal(state.lost + state.doubled, 0);
  const rms = Math.sqrt(errors.reduce((sum, one) => sum + one * one, 0) / errors.length);
  console.log(`error ${rms.toFixed(2)} degrees RMS; ${((1000 * spent_ms) / (2 * 3200)).toFixed(2)} us a sample`);
  assert.ok(errors.length > 900 && rms < 5, `${errors.length} ${rms}`);
  assert.equal(set.count, 3);
  assert.equal(game.result.tasks, 3);
  assert.ok(game.result.succeeded >= 1);
  const { bundle } = set.setBundle({ ...done_set('left'), game: game.result });
  assert.match(bundle, /sensors worn at left thigh and left shank/);
  const values = JSON.parse(bundle).entry.map(({ resource }) => resource);
  assert.ok(values.every(({ meta }) => meta.tag.some(({ code }) => code === 'simulated')));
  for (const one of [set, game, worn]) one.release();
});

test('a muscle is heard as a share of today’s contraction, and its holds count', () => {
  const aimed = knee.withMuscle({ share: 0.4, hold_s: 2 });
  assert.deepEqual(
    [aimed.facts().kind, aimed.facts().measure, aimed.facts().target, aimed.facts().game_eligible],
    ['hold', 'muscle_activity', 0.4, true],
  );
  const worn = aimed.wear('left');
  worn.connect(0, electrodes);
  const noise = noise_of(9);
  const tension = (t) => (t > 5 && t < 10 ? 1 : (t > 14 && t < 18) || (t > 20 && t < 24) ? 0.6 : 0);
  const set = worn.set(aimed, { side: 'left' });
  const game = aimed.game('orchard', { repetitions: 2, hold_s: 2 });
  const steps = [];
  const shares = [];
  for (let first = 0; first < 27_000; first += 50) {
    worn.take(
      0,
      packet(
        first,
        Array.from({ length: 50 }, (_, i) => (20 + 1000 * tension((first + i) / 1000)) * noise()),
      ),
      (first + 50) / 1000,
    );
    const state = worn.look((first + 50) / 1000);
    if (steps.at(-1) !== state.step) steps.push(state.step);
    for (const moment of state.moments) {
      if (moment.time_s > 16 && moment.time_s < 17.5) shares.push(moment.value);
      if (moment.time_s < 12) continue;
      const events = set.step({ ...moment, simulated: true });
      game.step({ time_s: moment.time_s, now: set.now, count: set.count, events });
    }
  }
  set.finish();
  assert.deepEqual(steps, ['relax', 'contract', 'tracking']);
  const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
  assert.ok(Math.abs(mean - 0.6) < 0.1, `${mean}`);
  assert.equal(set.count, 2);
  assert.equal(game.result.tasks, 2);
  const { bundle } = set.setBundle({ ...done_set('left'), game: game.result });
  assert.match(bundle, /muscle_activity/);
  for (const one of [set, game, worn, aimed]) one.release();
});

test('sensors that do not fit are refused, by what they say of themselves', () => {
  const worn = knee.wear('right');
  const refused = (description) => {
    try {
      worn.connect(0, description);
    } catch (error) {
      assert.ok(error instanceof RepriseError);
      return error.found;
    }
    return undefined;
  };
  assert.match(refused(inertial('left_thigh')), /left_thigh/);
  assert.match(refused(electrodes), /./);
  assert.match(refused(new TextEncoder().encode('no JSON')), /./);
  assert.equal(refused(inertial('right_thigh')), undefined);
  assert.throws(() => worn.take(1, packet(0, [1, 2, 3, 4, 5, 6]), 1), RepriseError, 'not connected');
  assert.throws(() => worn.take(0, new Uint8Array([1, 2, 3]), 1), RepriseError, 'no packet');
  assert.throws(() => worn.set(exercise('elbow_flexion'), {}), RepriseError, 'another joint');
  worn.release();
  assert.throws(() => exercise('squat').wear('left'), RepriseError, 'both sides count');
  assert.throws(() => knee.withMuscle({ share: 0, hold_s: 2 }), RepriseError);
});

test('a walk is measured by insoles, and warns above the limit only', () => {
  const weight_n = 70 * 9.80665;
  const walk = reprise.wearLoad({ side: 'right', bodyMass_kg: 70, share: 0.3 });
  for (const place of walk.places)
    walk.connect(walk.places.indexOf(place), described(100, [{ as: `${place}.force`, unit: 'N', scale: 0.1 }]));
  // In the air, standing with shifts, then a step each 1.2 s, of 150 N, the third one of 300 N.
  const right_n = (t) => {
    if (t < 2.5) return 0;
    if (t < 12.5) return 40 + 40 * (1 - Math.cos((Math.PI * (t - 2.5)) / 2));
    const step = Math.floor((t - 13) / 1.2);
    const phase = ((t - 13) / 1.2 - step) / 0.6;
    return t < 13 || phase > 1 ? 0 : (step === 2 ? 300 : 150) * Math.sin(Math.PI * phase);
  };
  let warned = 0;
  let spent_ms = 0;
  for (let number = 0; number < 1900; number += 5) {
    const times = Array.from({ length: 5 }, (_, i) => (number + i) / 100);
    const right = times.map(right_n);
    const left = times.map((t, i) => (t < 2.5 ? 0 : weight_n - right[i]));
    const began = performance.now();
    walk.take(
      0,
      packet(
        number,
        left.map((n) => 10 * n + 80),
      ),
      7 + number / 100,
    );
    walk.take(
      1,
      packet(
        number,
        right.map((n) => 10 * n + 80),
      ),
      7 + number / 100,
    );
    const { level, problem } = walk.look(7 + number / 100);
    spent_ms += performance.now() - began;
    assert.equal(problem, null);
    if (level > 0) {
      assert.ok(Math.max(...right) > 0.3 * weight_n - 15);
      warned += 1;
    }
  }
  assert.ok(warned > 0);
  const { step, steps, stepsAbove, largest } = walk.look(26);
  assert.equal(step, 'tracking');
  assert.equal(stepsAbove, 1);
  assert.ok(Math.abs(largest - 300 / weight_n) < 0.01);
  const { values, document } = walk.result({ startedAt: '2026-11-26T07:00:00Z', simulated: true });
  const value = (measure) => values.find((one) => one.measure === measure && one.side === 'right').value;
  assert.equal(value('steps'), steps);
  assert.equal(value('contacts_above_limit'), 1);
  assert.ok(Math.abs(value('weight_limit') - 30) < 1e-9);
  assert.match(document, /simulated/);
  console.log(`${((1000 * spent_ms) / 3800).toFixed(2)} microseconds a sample of a foot, with looks`);
  assert.throws(() => walk.connect(2, electrodes), RepriseError);
  walk.release();
  assert.throws(() => reprise.wearLoad({ side: 'both', bodyMass_kg: 70, share: 0.3 }), RepriseError);
  assert.throws(() => reprise.wearLoad({ side: 'left', bodyMass_kg: 0, share: 0.3 }), RepriseError);
});
