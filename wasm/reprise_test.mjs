// SPDX-License-Identifier: Apache-2.0
// The browser's module, used as a page uses it. REPRISE_MODULE names the folder with the built module.
//
//   REPRISE_MODULE=build/wasm/module node --test wasm/reprise_test.mjs

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fixedSessions } from '../tests/golden/fixed_sessions.mjs';
import { folder, loadReprise, reprise, RepriseError, root, textOf as text } from './module_under_test.mjs';

const squat = reprise.exercise(text('squat'));

const types = readFileSync(path.join(folder, 'reprise.d.mts'), 'utf8');
/** The members of an interface as the types name them. */
const membersOf = (name) => {
  const [, base, body] = new RegExp(`export interface ${name} (?:extends (\\w+) )?\\{(.*?)^\\}`, 'ms').exec(types);
  const own = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[?]?(?:<[^>]*>)?[(:]/gm)].map((match) => match[1]);
  return [...new Set([...own, ...(base ? membersOf(base) : [])])].sort();
};
/** Those that an object has. */
const has = (object) => {
  const names = new Set(Object.keys(object));
  for (let kind = Object.getPrototypeOf(object); kind !== Object.prototype; kind = Object.getPrototypeOf(kind))
    for (const name of Object.getOwnPropertyNames(kind)) names.add(name);
  names.delete('constructor');
  return [...names].sort();
};

/** Returns the events of a set of these frames: of all steps, and of the end. */
function done(coach, frames) {
  const events = frames.flatMap((frame) => coach.step(frame));
  return [...events, ...coach.finish()];
}

/** Returns the RepriseError that `work` throws. */
function failure(work) {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof RepriseError, String(error));
    for (const key of ['code', 'stage', 'found', 'remedy']) assert.ok(error[key].length > 3, `${key} of ${error}`);
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('draws a repetition of a set again, and none under a ceiling', () => {
  const frames = squat.simulate({ repetitions: 2, azimuth_deg: 60, noise_m: 0.004 });
  const coach = squat.coach();
  done(coach, frames);
  const [first] = JSON.parse(coach.session()).exercise.repetitions;
  const part = { from_s: first.start_s, to_s: first.end_s };
  const { times_s, landmarks_m, segments } = coach.replay(part);
  assert.ok(times_s.length > 20, `${times_s.length} figures`);
  assert.equal(landmarks_m.length, 33 * 3 * times_s.length);
  assert.equal(segments.length, 15 * 9 * times_s.length);
  assert.ok(Math.abs(times_s.at(-1) - (part.to_s - part.from_s)) < 0.1);
  // Heels and toes stand on the floor, and the hips go down and come up again.
  const hip = (i) => landmarks_m[99 * i + 3 * 23 + 1];
  const middle = Math.round(times_s.length / 2);
  assert.ok(hip(middle) < hip(0) - 0.2 && hip(times_s.length - 1) > hip(middle) + 0.2);
  for (let i = 0; i < times_s.length; i++) assert.ok(Math.abs(landmarks_m[99 * i + 3 * 29 + 1]) < 0.02);
  assert.equal(failure(() => coach.replay({ from_s: 3, to_s: 1 })).code, 'unsupported');
  assert.equal(failure(() => coach.replay()).code, 'invalid_argument');
  const limited = squat.coach({ ceiling: 60 });
  done(limited, frames);
  assert.equal(failure(() => limited.replay(part)).code, 'unsupported');
});

// tests/golden/native_and_wasm.mjs compares them, too, without this boundary; each takes seconds.
test('counts and judges fixed sessions as the native program does', () => {
  const native = fixedSessions(
    process.env.REPRISE_NATIVE ?? path.join(root, 'build/release/tests/golden/reprise_golden_sessions'),
    5,
  );
  assert.ok(native.sessions.length > 8);
  for (const { exercise, options, session } of native.sessions) {
    const name = `${exercise} ${options.fault ?? ''}`;
    const coach = reprise.exercise(text(exercise)).coach();
    const events = done(coach, reprise.exercise(text(exercise)).simulate(options));
    const ours = JSON.parse(coach.session({ name: 'golden' }));
    assert.deepEqual(ours.exercise.events, session.exercise.events, name);
    assert.deepEqual(ours.exercise.summary.repetitions_complete, session.exercise.summary.repetitions_complete, name);
    assert.deepEqual(
      ours.exercise.repetitions.map((r) => [r.start_s, r.end_s, r.faults?.map((f) => f.rule)]),
      session.exercise.repetitions.map((r) => [r.start_s, r.end_s, r.faults?.map((f) => f.rule)]),
      name,
    );
    assert.equal(coach.count, session.exercise.summary.repetitions_complete, name);
    assert.equal(ours.simulated, true, name);
    // The document keeps the coach's live events, except for rounding.
    assert.deepEqual(
      events.map((e) => [e.kind, e.count, e.detail]),
      ours.exercise.events.map((e) => [e.kind, e.count, e.detail]),
      name,
    );
    coach.release();
  }
});

test('takes numbers of any kind, with and without pixels', () => {
  const frames = squat.simulate({ repetitions: 2, noise_m: 0.005 });
  for (const shape of [
    (f) => f,
    ({ time_s, world_m, visibility }) => ({ time_s, world_m, visibility }),
    (f) => ({ time_s: f.time_s, world_m: Array.from(f.world_m), visibility: Float32Array.from(f.visibility) }),
  ]) {
    const coach = squat.coach();
    done(coach, frames.map(shape));
    assert.equal(coach.count, 2);
  }
});

test('a recorded set is counted again as it was', () => {
  const coach = squat.coach();
  const frames = squat.simulate({ repetitions: 3, noise_m: 0.005 });
  frames.splice(40, 2, { time_s: frames[40].time_s });
  const said = done(coach, frames);
  const bytes = coach.recording({ width_px: 640, height_px: 480 });
  const { simulated, width_px, height_px, frames: again } = reprise.recording(bytes);
  assert.deepEqual([simulated, width_px, height_px, again.length], [true, 640, 480, frames.length]);
  assert.equal(again[40].world_m, undefined);
  assert.deepEqual(
    done(squat.coach(), again).map(({ kind, count, detail }) => [kind, count, detail]),
    said.map(({ kind, count, detail }) => [kind, count, detail]),
  );
  assert.equal(failure(() => reprise.recording(bytes.subarray(0, 100))).code, 'corrupt');
  assert.equal(failure(() => reprise.recording('RPLM')).code, 'invalid_argument');
});

test('a set without a simulated mark is a camera recording', () => {
  const coach = squat.coach();
  done(
    coach,
    squat.simulate({ repetitions: 1 }).map(({ simulated, ...frame }) => frame),
  );
  const session = JSON.parse(
    coach.session({
      name: 'front camera',
      width_px: 640,
      height_px: 480,
      reacquired: 1,
      most_people: 2,
      models: [{ name: 'full', sha256: 'ab'.repeat(32) }],
    }),
  );
  assert.equal(session.simulated, false);
  assert.deepEqual([session.source.kind, session.source.name, session.source.width_px], ['video', 'front camera', 640]);
  assert.deepEqual(session.models, [{ name: 'full', sha256: 'ab'.repeat(32) }]);
  assert.deepEqual([session.exercise.frames.reacquired, session.exercise.frames.most_people], [1, 2]);
  assert.equal(session.engine_version, reprise.version);
});

test('invalid exercise text gives an error with cause and remedy', () => {
  const cut = failure(() => reprise.exercise(text('squat').slice(0, 500)));
  assert.equal(cut.code, 'corrupt');
  assert.match(cut.problems[0].found, /not JSON at line \d+/);

  const file = JSON.parse(text('squat'));
  file.range.target = 400;
  file.color = 'red';
  const wrong = failure(() => reprise.exercise(JSON.stringify(file)));
  assert.deepEqual(wrong.problems.map((p) => p.path).sort(), ['/color', '/range/target']);
  for (const problem of wrong.problems) assert.match(wrong.message, new RegExp(problem.path));
  assert.match(
    wrong.problems.find((p) => p.path === '/range/target').text,
    /squat\.json \/range\/target: found 400; must be/,
  );

  for (const bad of [
    '',
    '[]',
    '{}',
    'null',
    '3',
    '\u0000',
    '\ud800',
    '{"id": 3}',
    '['.repeat(100000),
    `{"id": "${'a'.repeat(5000)}"}`,
  ]) {
    assert.equal(failure(() => reprise.exercise(bad)).code, 'corrupt', bad.slice(0, 20));
  }
  assert.equal(failure(() => reprise.exercise(undefined)).code, 'invalid_argument');
  assert.equal(failure(() => reprise.exercise(JSON.parse(text('squat')))).code, 'invalid_argument');
});

test('numbers that are not finite are an unseen person, and the count continues', () => {
  const frames = squat.simulate({ repetitions: 3 });
  const coach = squat.coach();
  const events = frames.flatMap((frame, i) => {
    const world_m = Float64Array.from(frame.world_m);
    // From time to time the output of a failing network.
    if (i % 40 === 0) world_m.fill(NaN);
    if (i % 40 === 1) world_m[75] = Infinity;
    return coach.step({
      ...frame,
      world_m,
      visibility: i % 40 === 2 ? new Float64Array(33).fill(NaN) : frame.visibility,
    });
  });
  events.push(...coach.finish());
  assert.equal(coach.count, 3);
  const session = JSON.parse(coach.session());
  assert.equal(session.exercise.frames.total, frames.length);
  assert.equal(session.exercise.frames.with_person, frames.filter((_, i) => i % 40 > 2).length);

  const blind = squat.coach();
  const said = done(
    blind,
    frames.map((frame) => ({ ...frame, world_m: new Float64Array(99).fill(NaN) })),
  );
  assert.deepEqual(
    said.map((e) => [e.kind, e.detail]),
    [['not_seen', 'knee_flexion']],
  );
  assert.equal(blind.count, 0);
  assert.equal(JSON.parse(blind.session()).exercise.summary.repetitions_complete, 0);
});

test('wrong arguments are refused with what to give instead', () => {
  const [frame] = squat.simulate({ repetitions: 1 });
  const coach = squat.coach();
  for (const bad of [
    { ...frame, time_s: NaN },
    { ...frame, time_s: '1' },
    { ...frame, world_m: new Float64Array(98) },
    { ...frame, visibility: undefined },
    { ...frame, image_px: new Float32Array(66) },
    { ...frame, world_m: 'abc' },
  ]) {
    assert.equal(failure(() => coach.step(bad)).code, 'invalid_argument');
  }
  assert.equal(failure(() => coach.session()).code, 'nothing_measured');
  assert.deepEqual(coach.step(frame), []);
  assert.deepEqual(coach.step(frame), [], 'a time that does not rise is ignored');
  for (const options of [{ side: 'links' }, { side: 3 }, { ceiling: NaN }, { ceiling: '90' }, { ceiling: -10 }]) {
    assert.equal(failure(() => squat.coach(options)).code, 'invalid_argument', JSON.stringify(options));
  }
  for (const options of [{ kind: 'film' }, { width_px: -1 }, { width_px: 1.5 }, { models: [{ name: 'full' }] }]) {
    assert.equal(failure(() => coach.session(options)).code, 'invalid_argument', JSON.stringify(options));
  }
  for (const options of [
    { repetitions: 1e9 },
    { frame_rate_hz: 0 },
    { noise_m: -1 },
    { stature_m: 20 },
    { seed: 0.5 },
  ]) {
    assert.equal(failure(() => squat.simulate(options)).code, 'invalid_argument', JSON.stringify(options));
  }
  assert.equal(failure(() => squat.simulate({ fault: 'flying' })).code, 'not_found');
  for (const share of [-0.1, 1.1, NaN, undefined])
    assert.equal(failure(() => squat.figure(share)).code, 'invalid_argument');
});

test('a ceiling and a prescribed side reach the coach', () => {
  const frames = squat.simulate({ repetitions: 2 });
  const ceilings = (options) => done(squat.coach(options), frames).filter((event) => event.kind === 'ceiling').length;
  assert.equal(ceilings({}), 0);
  assert.equal(ceilings({ ceiling: 60 }), 2);

  const slide = reprise.exercise(text('heel_slide'));
  const right = slide.simulate({ repetitions: 2, azimuth_deg: -90 });
  const counted = (side) => {
    const coach = slide.coach({ side });
    done(coach, right);
    return coach.count;
  };
  assert.deepEqual([counted(undefined), counted('right'), counted('left')], [2, 2, 0]);
});

test('has the bones of a drawn person, the right side as the left', () => {
  const { bones } = reprise;
  assert.equal(squat.bones, bones);
  const of = (side) => bones.filter((bone) => bone.side === side);
  assert.deepEqual(
    of(null).map(({ from }, i) => from === of(null).at(i - 1).to),
    [true, true, true, true],
  );
  assert.equal(bones.length, 4 + 2 * of('left').length);
  assert.deepEqual(
    of('right'),
    of('left').map((bone) => ({ ...bone, from: bone.from + 1, to: bone.to + 1, side: 'right' })),
  );
  assert.ok(
    bones.some(({ from, to, fine }) => from === 25 && to === 27 && !fine),
    'a shank',
  );
});

test('draws the figure of a moment, on either side and at any size', () => {
  const height = (figure) => figure[1] - figure[27 * 3 + 1]; // nose above the left ankle
  const standing = squat.figure(0);
  assert.equal(standing.length, 99);
  assert.ok(height(squat.figure(0.5)) < 0.8 * height(standing));
  assert.ok(Math.abs(height(squat.figure(0, { stature_m: 0.85 })) / height(standing) - 0.5) < 1e-9);
  const lunge = reprise.exercise(text('forward_lunge'));
  const [one, other] = [lunge.figure(0.5), lunge.figure(0.5, { mirror: true })];
  const left = 27 * 3,
    right = 28 * 3; // ankles
  assert.ok(Math.abs(one[left] - other[right]) < 1e-9 && Math.abs(one[left + 2] + other[right + 2]) < 1e-9);
  assert.notEqual(one[left], one[right]);
});

test('draws the segments of a moment, and a fault on either side', () => {
  const body = squat.body(0.5);
  assert.deepEqual(body.landmarks_m, squat.figure(0.5));
  assert.equal(body.segments.length, 15 * 9);
  assert.equal(body.support, 'feet');
  const thigh = [...body.segments.subarray(3 * 9 + 3, 3 * 9 + 6)]; // the left one's y: from the knee to the hip
  const way = [0, 1, 2].map((i) => body.landmarks_m[23 * 3 + i] - body.landmarks_m[25 * 3 + i]);
  const length = Math.hypot(...way);
  for (const i of [0, 1, 2]) assert.ok(Math.abs(way[i] / length - thigh[i]) < 1e-9);

  const apart = (options) => {
    const points = squat.figure(0.5, options);
    return points[26 * 3 + 2] - points[25 * 3 + 2]; // knees
  };
  assert.ok(apart({ fault: 'knees_in', fault_share: 0.5 }) < apart() - 0.05);
  assert.ok(apart({ fault: 'knees_in' }) < apart({ fault: 'knees_in', fault_share: 0.5 }));
  const lean = (mirror) => squat.figure(0.5, { fault: 'side_lean', mirror })[2]; // the nose
  assert.ok(Math.abs(lean(false) + lean(true)) < 1e-9 && Math.abs(lean(false)) > 0.1);
  assert.equal(failure(() => squat.body(0.5, { fault: 'none' })).code, 'not_found');
});

test('a drawing under a ceiling stays within it', () => {
  const height = (exercise) => {
    const figure = exercise.figure(0.5);
    return figure[1] - figure[27 * 3 + 1]; // nose above the left ankle
  };
  assert.ok(height(squat.shownWithin(60)) > 1.1 * height(squat));
  assert.deepEqual(squat.shownWithin(170).figure(0.5), squat.figure(0.5));
  assert.equal(failure(() => squat.shownWithin('60')).code, 'invalid_argument');
});

test('says how things stand in a set', () => {
  const [start, top] = [1, 1 + 0.5 * squat.facts().repetition_s]; // a second of stillness comes first
  const coach = squat.coach({ ceiling: 60 });
  assert.deepEqual(coach.now, {
    value: null,
    progress: null,
    part: 'rest',
    side: null,
    leans_to: null,
    held_s: 0,
    repetition_s: 0,
    at_ceiling: false,
    unseen: null,
    unseen_part: null,
    view: null,
    raised_hand: null,
    problem: null,
    demonstrate: false,
    gesture: null,
  });
  const seen = squat.simulate({ repetitions: 1, azimuth_deg: -90 }).map((frame) => {
    coach.step(frame);
    return { time_s: frame.time_s, now: coach.now };
  });
  const at = (time_s) => seen.find((moment) => moment.time_s >= time_s).now;
  assert.equal(at(start).part, 'rest');
  assert.ok(Math.abs(at(start).value) < 5 && !at(start).at_ceiling && at(start).view === 'side');
  assert.equal(at(top).part, 'extreme');
  assert.ok(
    at(top).value > 95 &&
      at(top).progress > 1 &&
      at(top).at_ceiling &&
      at(top).held_s > 0.3 &&
      at(top).repetition_s > 1,
  );
  for (let i = 0; i < 40; i++) coach.step({ time_s: 100 + i / 30 });
  assert.deepEqual([coach.now.value, coach.now.unseen, coach.now.unseen_part], [null, 'knee_flexion', null]);
});

test('looks for gestures alone in a pause', () => {
  const set = squat.coach();
  const frames = squat.simulate({ repetitions: 2 });
  for (const frame of frames) assert.deepEqual(set.step({ ...frame, paused: true }), []);
  assert.deepEqual([set.count, set.now.gesture], [0, null]);
  assert.equal(failure(() => set.step({ time_s: Number.NaN, paused: true })).code, 'invalid_argument');
  // One arm straight out to the side of the chest, the other one down.
  const [{ world_m, ...still }] = frames;
  const arms = Float64Array.from(world_m);
  const at = (landmark) => [0, 1, 2].map((axis) => world_m[3 * landmark + axis]);
  const [left, right, hip] = [at(11), at(12), at(23)];
  const put = (landmark, from, to, share) =>
    from.forEach((v, axis) => {
      arms[3 * landmark + axis] = v + share * (to[axis] - v);
    });
  put(14, left, right, 1.9);
  put(16, left, right, 2.7);
  put(15, left, hip, 0.8);
  const begun = frames.at(-1).time_s + 0.1;
  const states = [];
  for (let i = 0; i <= 12; ++i) {
    set.step({ ...still, world_m: arms, time_s: begun + i / 10, paused: true });
    states.push(set.now.gesture);
  }
  assert.ok(states.slice(1).every(({ asks }) => asks === 'pause'));
  assert.deepEqual([states[5].given, states[12].given, set.count], [false, true, 0]);
  assert.equal(reprise.exercise(text('shoulder_flexion')).facts().gestures.hurts, 'wrists_crossed');
});

test('gives the numbers of an exercise, with the stricter ceiling', () => {
  const facts = squat.facts();
  assert.deepEqual(facts, {
    kind: 'repetitions',
    measure: 'knee_flexion',
    unit: 'degree',
    rest: facts.rest,
    target: facts.target,
    ceiling: null,
    views: ['side', 'oblique', 'front', 'back'],
    sided: false,
    tempo: { out_s: 2, hold_s: null, back_s: 2 },
    pace: facts.pace,
    repetition_s: facts.repetition_s,
    sensors: null, // both sides count
    balance: 'standing',
    support_within_reach: true,
    starts_by_itself: false,
    helper_or_release: true,
    game_eligible: false,
    games: [],
    hand_starts: true,
    hand_stops: true,
    gestures: { hurts: 'hand_up', pause: 'arm_out' },
    farther: 'lower',
    position: 'standing',
    working_side: { left: 'left', right: 'right' },
    standing_leg: { left: null, right: null },
  });
  assert.deepEqual(
    Object.values(facts.pace).map((seconds) => Number(seconds.toFixed(2))),
    [2, 0.4, 2],
  );
  assert.ok(
    Math.abs(facts.rest - 5) < 1e-9 && Math.abs(facts.target - 90) < 1e-9 && Math.abs(facts.repetition_s - 4.4) < 1e-9,
  );
  assert.ok(Math.abs(squat.facts({ ceiling: 60 }).ceiling - 60) < 1e-9);
  assert.equal(failure(() => squat.facts({ ceiling: -10 })).code, 'invalid_argument');
  const file = JSON.parse(text('squat'));
  file.range.ceiling = 100;
  const limited = reprise.exercise(JSON.stringify(file));
  const ceilings = [undefined, 110, 80].map((ceiling) => Math.round(limited.facts({ ceiling }).ceiling));
  assert.deepEqual(ceilings, [100, 100, 80]);
  assert.equal(reprise.exercise(text('shoulder_abduction')).facts().hand_stops, false);
});

test('checks the set-up until it is good', () => {
  const frames = squat.simulate({ repetitions: 0, azimuth_deg: -90 });
  const picture = { width_px: 1280, height_px: 720, people: 1, light: 0.5 };
  const last = (exercise, options, seen, facts = picture) => {
    const readiness = exercise.readiness(options);
    const state = seen.map((frame) => readiness.step(frame, facts)).at(-1);
    readiness.release();
    return state;
  };
  const good = last(squat, {}, frames);
  assert.deepEqual([good.findings, good.view, good.raised_hand], [[], 'side', null]);
  assert.ok(good.good_for_s > 1.5 && good.distance_share > 0.6 && good.distance_share < 0.75);
  assert.deepEqual(
    last(squat, {}, frames, { ...picture, people: 2, light: 0 }).findings.map((f) => f.kind),
    ['several_people', 'too_dark'],
  );
  assert.deepEqual(last(squat, {}, [{ time_s: 0 }]).findings, [
    { kind: 'nobody', part: null, side: null, view: null, position: null },
  ]);
  assert.deepEqual(last(squat, {}, frames, {}).distance_share, null);
  const slide = reprise.exercise(text('heel_slide'));
  const lying = slide.simulate({ repetitions: 0, azimuth_deg: -90 });
  // right knee
  const away = lying.map((frame) => ({ ...frame, visibility: frame.visibility.map((v, l) => (l === 26 ? 0.1 : v)) }));
  assert.deepEqual(last(slide, { side: 'right' }, away).findings, [
    { kind: 'hidden', part: 'knee', side: 'right', view: null, position: null },
  ]);
  assert.deepEqual(last(slide, { side: 'left' }, away).findings, []);
  for (const bad of [{ width_px: -1 }, { people: 1.5 }, { light: 2 }, { light: NaN }]) {
    assert.equal(failure(() => squat.readiness().step(frames[0], bad)).code, 'invalid_argument', JSON.stringify(bad));
  }
  assert.equal(failure(() => squat.readiness({ side: 'links' })).code, 'invalid_argument');
  assert.equal(failure(() => squat.readiness().step({ time_s: '1' })).code, 'invalid_argument');
});

// Patient finding 7
test('tells a standing person to lie down, and reports an undecided position', () => {
  const slide = reprise.exercise(text('heel_slide')).readiness();
  const standing = squat.simulate({ repetitions: 0, azimuth_deg: -90 });
  const state = standing.map((frame) => slide.step(frame, { width_px: 1280, height_px: 720 })).at(-1);
  assert.equal(state.position_sure, false);
  assert.equal(state.findings.find(({ kind }) => kind === 'other_position')?.position, 'lying_on_back');
  const sitting = reprise.exercise(text('neck_rotation')).readiness();
  const legless = standing.map((frame) => ({
    ...frame,
    visibility: frame.visibility.map((v, l) => (l > 24 ? 0.1 : v)),
  }));
  assert.equal(legless.map((frame) => sitting.step(frame)).at(-1).position_sure, false, 'standing or sitting');
});

test('counts rises from a chair from "Go" on', () => {
  const chair = reprise.exercise(text('sit_to_stand'));
  const clips = reprise.filmedClips();
  const request = { test: 'sit_to_stand_30', side: null, height_cm: null, age: null, sex: null };
  const at = { startedAt: '2026-03-14T10:00:00Z', simulated: true };
  const frames = chair.simulate({ repetitions: 12, view: 'side' });
  for (const frame of frames) clips.step(frame);
  clips.endClip({ width_px: 1280, height_px: 720 });
  const counted = (start_s) => {
    const { values, document } = clips.functionTest({ ...request, ...at, start_s }, chair);
    return { count: values.find(({ measure }) => measure === 'repetitions').value, ...JSON.parse(document) };
  };
  assert.match(counted(2).method, /from a given start/);
  assert.match(counted(null).method, /from the first rise that counts/);
  // One stand a repetition: those whose upper half lies within the 30 seconds.
  const cycle_s = frames.at(-1).time_s / 12;
  assert.ok(Math.abs(counted(2).count - 30 / cycle_s) <= 1, `${counted(2).count} of ${30 / cycle_s}`);
  const late = frames.at(-1).time_s - 10;
  assert.ok(counted(late).warnings.some(({ code }) => code === 'too_short'));
  assert.equal(failure(() => counted(-1)).code, 'invalid_argument');
  clips.release();
  chair.release();
});

// Patient findings 6 and 24
test('measures a test of function in a clip', () => {
  const clips = reprise.filmedClips();
  const request = {
    test: 'squat',
    side: null,
    height_cm: null,
    age: 40,
    sex: 'female',
    startedAt: '2026-03-14T10:00:00Z',
    simulated: true,
  };
  assert.equal(reprise.exerciseOfTest('squat'), 'squat');
  assert.equal(reprise.exerciseOfTest('jump'), null);
  assert.match(failure(() => reprise.exerciseOfTest('dance')).found, /dance/);
  assert.equal(failure(() => clips.functionTest(request, squat)).code, 'nothing_measured');
  for (const frame of squat.simulate({ repetitions: 3, view: 'side' })) clips.step(frame);
  clips.endClip({ width_px: 1280, height_px: 720 });
  assert.equal(clips.size, 1);
  const { values, notMeasured, document } = clips.functionTest(request, squat);
  assert.equal(values.find(({ measure }) => measure === 'repetitions').value, 3);
  assert.ok(notMeasured.length > 0);
  assert.equal(JSON.parse(document).source.kind, 'simulated');
  assert.equal(failure(() => clips.functionTest({ ...request, age: 1 }, squat)).code, 'invalid_argument');
  assert.equal(
    failure(() => clips.gait({ height_cm: 170, treadmill: false, beltSpeed_mps: null, ...request })).code,
    'nothing_measured',
  );
  clips.release();
});

test('scores load at work in a clip, and again with other answers', () => {
  const clips = reprise.filmedClips();
  for (const frame of squat.simulate({ repetitions: 3, view: 'side' })) clips.step(frame);
  clips.endClip({ width_px: 1280, height_px: 720 });
  const request = {
    method: 'owas',
    side: null,
    answers: {},
    startedAt: '2026-03-14T10:00:00Z',
    simulated: true,
  };
  const open = clips.workLoad(request);
  const width = ({ load }) => load.worst[0].all.most - load.worst[0].all.least;
  const answered = clips.workLoad({ ...request, answers: { stance: 'standing', legs_balanced: true, load_kg: 3 } });
  assert.ok(width(answered) < width(open));
  assert.deepEqual(
    open.questions.map(({ name }) => name),
    ['stance', 'legs_balanced', 'load_kg'],
  );
  assert.equal(Object.keys(open.load.worst[0].figure.world_m).length, 33);
  assert.equal(failure(() => clips.workLoad({ ...request, answers: { load_kg: 'x' } })).code, 'invalid_argument');
  clips.release();
});

const LIFT = {
  weight_kg: 12,
  horizontal_cm: 35,
  vertical_cm: 20,
  asymmetry_deg: 30,
  to_vertical_cm: 90,
  to_horizontal_cm: null,
  to_asymmetry_deg: null,
  lifts_per_minute: 2,
  hours: 1,
  coupling: 'fair',
  startedAt: '2026-03-14T10:00:00Z',
  simulated: false,
};

test('computes the recommended weight limit of a lift', () => {
  const lift = reprise.lift(LIFT);
  assert.ok(Math.abs(lift.index.most - 12 / lift.limit_kg.least) < 1e-9);
  assert.equal(JSON.parse(lift.document).kind, 'work_load');
  assert.match(failure(() => reprise.lift({ ...LIFT, hours: null })).found, /hours/);
});

test('a problem in a set is a state, announced every six seconds, and pauses after twenty', () => {
  const coach = squat.coach();
  const said = [];
  let now;
  for (let i = 0; i <= 230; ++i) {
    coach.step({ time_s: i / 10, people: 0 });
    ({ now } = coach);
    if (now.problem?.say) said.push(i / 10);
    assert.equal(now.problem?.pause ?? false, i >= 210, `${i}`);
  }
  assert.deepEqual([now.problem.kind, said], ['nobody', [1, 7, 13, 19]]);
  assert.equal(failure(() => coach.step({ time_s: 24, people: 1.5 })).code, 'invalid_argument');
  const [frame] = squat.simulate({ repetitions: 1 });
  const states = [{}, { helper: true }].map((options) => {
    const set = squat.coach(options);
    for (let i = 0; i <= 30; ++i) set.step({ ...frame, time_s: i / 10, people: 2 });
    return set.now.problem?.kind;
  });
  assert.deepEqual(states, ['several_people', undefined]);
});

// Patient findings 8 and 9
test('reports how far a movement falls short, and another movement', () => {
  // To a third of the way and back, four times, at half the pace.
  const look = squat.coach();
  const whole = squat.simulate({ repetitions: 1 });
  const out = whole.slice(
    0,
    whole.findIndex((frame) => {
      look.step(frame);
      return look.now.progress > 0.3;
    }),
  );
  const once = [...out, ...[...out].reverse()];
  const frames = [...once, ...once, ...once, ...once].map((frame, i) => ({ ...frame, time_s: i / 15 }));
  const shallow = squat.coach();
  const events = done(shallow, frames);
  const short = events.filter(({ kind }) => kind === 'fell_short');
  assert.deepEqual([shallow.count, short.length, squat.facts().farther], [0, 4, 'lower']);
  for (const { detail, value, limit } of short)
    assert.ok(detail && Number.isFinite(value) && Number.isFinite(limit) && value !== limit);
  assert.equal(shallow.now.problem?.kind === 'other_exercise', false);
  const jacks = reprise.exercise(text('jumping_jack'));
  const other = squat.coach();
  for (const frame of jacks.simulate({ repetitions: 8, azimuth_deg: 0 })) other.step(frame);
  assert.deepEqual([other.count, other.now.demonstrate], [0, true]);
});

// Patient finding 17
test('knows the standing leg and the working side', () => {
  const legs = (id) => reprise.exercise(text(id)).facts();
  assert.deepEqual(legs('single_leg_stance').standing_leg, { left: 'left', right: 'right' });
  assert.deepEqual(legs('single_leg_stance').working_side, { left: 'right', right: 'left' });
  assert.deepEqual(legs('standing_hip_abduction').standing_leg, { left: 'right', right: 'left' });
  assert.deepEqual(legs('standing_hip_abduction').working_side, { left: 'left', right: 'right' });
  assert.deepEqual(legs('squat').standing_leg, { left: null, right: null });
});

test('draws and paces a repetition', () => {
  const height = (drawing) => drawing.points[27 * 2 + 1] - drawing.points[1]; // nose above the left ankle
  const [standing, low] = [squat.drawing(0), squat.drawing(0.5)];
  assert.equal(standing.points.length, 66);
  assert.ok(height(low) < 0.8 * height(standing) && standing.floor === low.floor && standing.nearer === 'right');
  assert.equal(squat.drawing(0, { mirror: true }).nearer, 'left');
  assert.equal(squat.drawing(0, { view: 'front' }).nearer, null);
  assert.deepEqual(squat.pace(0), { share: 0, part: 'out', repetition: 0 });
  assert.deepEqual([squat.pace(2.1).part, squat.pace(3.4).part, squat.pace(5).repetition], ['extreme', 'back', 1]);
  assert.equal(failure(() => squat.drawing(2)).code, 'invalid_argument');
  assert.equal(failure(() => squat.drawing(0, { view: 'above' })).code, 'invalid_argument');
  assert.equal(failure(() => squat.pace(Infinity)).code, 'invalid_argument');
});

test('a set that makes memory grow goes on', () => {
  const coach = squat.coach();
  const frames = squat.simulate({ repetitions: 3, frame_rate_hz: 1000 });
  done(coach, frames);
  assert.equal(coach.count, 3);
  assert.equal(JSON.parse(coach.session()).exercise.frames.total, frames.length);
});

test('bytes that are no module are refused when loading', async () => {
  await assert.rejects(loadReprise({ wasm: new Uint8Array([0, 97, 115, 109, 1, 0, 0]) }), (error) => {
    assert.ok(error instanceof RepriseError);
    assert.equal(error.code, 'unreadable');
    return true;
  });
});

test('the types name what the module has, and nothing else', () => {
  assert.deepEqual(membersOf('Reprise'), has(reprise));
  assert.deepEqual(membersOf('Bone'), has(reprise.bones[0]));
  assert.deepEqual(membersOf('Exercise'), has(squat));
  assert.deepEqual(membersOf('Coach'), has(squat.coach()));
  assert.deepEqual(membersOf('FilmedClips'), has(reprise.filmedClips()));
  assert.deepEqual(membersOf('Readiness'), has(squat.readiness()));
  assert.deepEqual(membersOf('ReadinessState'), has(squat.readiness().step({ time_s: 0 })));
  assert.deepEqual(membersOf('Finding'), has(squat.readiness().step({ time_s: 0 }).findings[0]));
  assert.deepEqual(membersOf('CoachState'), has(squat.coach().now));
  assert.deepEqual(membersOf('ExerciseFacts'), has(squat.facts()));
  assert.deepEqual(membersOf('Drawing'), has(squat.drawing(0)));
  assert.deepEqual(membersOf('PaceMoment'), has(squat.pace(0)));
  assert.deepEqual(membersOf('Frame'), has(squat.simulate({ repetitions: 1 })[0]));
});

test('recognizes another movement beside a set, and leaves the right one alone', () => {
  const recognizer = reprise.recognizer(['squat', 'shoulder_abduction', 'elbow_flexion'].map(text));
  const looks = (exercise) => {
    const set = recognizer.set(exercise);
    const found = squat.simulate({ repetitions: 3, noise_m: 0.005 }).map((frame) => set.step(frame));
    assert.deepEqual([set.step({ time_s: 0 })], [undefined], 'a frame whose time does not rise');
    set.release();
    return found.filter(Boolean);
  };
  const right = looks('squat');
  assert.ok(right.length > 10 && right.every(({ other, instead }) => !other && instead === null));
  assert.ok(right.at(-1).repetitions >= 1);
  assert.deepEqual(membersOf('RecognizedMovement'), Object.keys(right[0]).sort());

  // The watch of the set hears it, and no count changes.
  const set = recognizer.set('elbow_flexion');
  const coach = reprise.exercise(text('elbow_flexion')).coach();
  const kinds = squat.simulate({ repetitions: 4, noise_m: 0.005 }).map((frame) => {
    const { other = undefined, instead } = set.step(frame) ?? {};
    if (other) assert.equal(instead, 'squat');
    coach.step({ ...frame, looksLikeOther: other ?? coach.now.problem?.kind === 'other_exercise' });
    return coach.now.problem?.kind;
  });
  assert.ok(kinds.includes('other_exercise'));
  assert.equal(coach.count, 0);

  assert.deepEqual(membersOf('Recognizer'), has(recognizer));
  assert.deepEqual(membersOf('RecognizedSet'), has(set));
  assert.equal(failure(() => reprise.recognizer(['{}'])).code, 'corrupt');
  assert.equal(failure(() => reprise.recognizer('squat')).code, 'invalid_argument');
  assert.equal(failure(() => recognizer.set(undefined)).code, 'invalid_argument');
  assert.equal(failure(() => set.step({ time_s: 'now' })).code, 'invalid_argument');
  recognizer.release();
  assert.equal(set.step({ time_s: 1e3 }), undefined, 'a set keeps what it needs');
  set.release();
});

test('nothing in it makes code out of text, which a strict page forbids', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs'))) {
    assert.doesNotMatch(readFileSync(path.join(folder, file), 'utf8'), /\beval\(|new Function\(/, file);
  }
});

test('watches pictures with networks that the page runs', () => {
  const poseSession = reprise.poseSession();
  const look = (time_s) => {
    const pixels = poseSession.picture(64, 48);
    assert.equal(pixels.length, 64 * 48 * 4);
    pixels.fill(51);
    return poseSession.begin(time_s);
  };
  let step = look(0);
  assert.equal(step.wanted, 'detector');
  assert.equal(step.input.length, 224 * 224 * 3);
  assert.ok(Math.abs(step.input[step.input.length / 2] - ((2 * 51) / 255 - 1)) < 1e-6, 'RGB in [-1, 1]');
  poseSession.detectorOutput.logits.fill(-50);
  step = poseSession.answer();
  assert.deepEqual([step.wanted, step.people, step.detected, step.world_m], [undefined, 0, true, undefined]);
  assert.ok(Math.abs(step.light - 0.2) < 1e-9);

  // A box in the middle, then landmarks in the middle of the region around it.
  step = look(0.1);
  const { boxes, logits } = poseSession.detectorOutput;
  logits.fill(-50);
  logits[0] = 5;
  const first = 4; // pixels from the corner to the first anchor
  boxes.set([112 - first, 112 - first, 40, 40, 112 - first, 112 - first, 112 - first, 62 - first]);
  step = poseSession.answer();
  assert.equal(step.wanted, 'landmarks');
  assert.equal(step.input.length, 256 * 256 * 3);
  const { landmarks, heatmap, world_m } = poseSession.landmarkOutput;
  heatmap.fill(-60);
  world_m.fill(0.5);
  for (let i = 0; i < 39; ++i) landmarks.set([128, i === 34 ? 64 : 128, 0, 4, 4], 5 * i);
  const seen = poseSession.answer(0.9);
  assert.equal(seen.people, 1);
  assert.ok(
    Math.abs(seen.image_px[0] - 32) < 2 && Math.abs(seen.image_px[1] - 24) < 2,
    String(seen.image_px.subarray(0, 2)),
  );
  assert.equal(seen.world_m[98], 0.5);
  // What the pose session saw is a frame for the coach.
  assert.deepEqual([...squat.coach().step({ time_s: 0.1, ...seen })], []);

  assert.match(failure(() => poseSession.picture(0, 5)).message, /width_px is 0/);
  assert.match(failure(() => poseSession.begin(NaN)).message, /time_s is NaN/);
  assert.match(failure(() => look(0.1)).message, /later|time/i);
  assert.equal(failure(() => poseSession.answer()).code, 'invalid_argument');
  poseSession.release();
});

test('watches a visit: the patient, then the helper; a pause; proposals of none', () => {
  const inCatalog = (kind, name) => readFileSync(path.join(root, 'catalog', kind, name), 'utf8');
  const tests = ['knee.json', 'knee.json', 'elbow.json'].map((file) => ({
    file,
    text: inCatalog('range_of_motion', file),
  }));
  const exercises = ['standing_knee_flexion.json', 'elbow_flexion.json'].map((file) => inCatalog('exercises', file));
  const visit = reprise.visitWatch({ tests, exercises });
  assert.equal(failure(() => visit.findings()).code, 'nothing_measured');
  const look = (time_s) => {
    visit.picture(64, 48).fill(51);
    const wanted = [];
    let detections = 0;
    let step = visit.begin(time_s);
    while (step.wanted) {
      wanted.push(step.wanted);
      if (step.wanted === 'detector') {
        const { boxes, logits } = visit.detectorOutput;
        logits.fill(-50);
        logits[0] = 5;
        detections += 1;
        const x = detections === 2 ? 28 : 108; // someone beside the patient
        boxes.set([x, 108, 40, 40, x, 108, x, 58]);
        step = visit.answer();
      } else {
        const { landmarks, heatmap, world_m } = visit.landmarkOutput;
        heatmap.fill(-60);
        world_m.fill(0.5);
        for (let i = 0; i < 39; ++i) {
          const shoulder = i === 11 || i === 12;
          landmarks.set([128, i === 34 ? 64 : shoulder ? 98 : 128, 0, 4, 4], 5 * i);
        }
        step = visit.answer(0.9);
      }
    }
    return { ...step, passes: wanted };
  };
  const first = look(0);
  assert.deepEqual(first.passes, ['detector', 'landmarks', 'detector', 'landmarks']);
  assert.equal(first.image_px.length, 99);
  assert.equal(visit.helper_px, undefined, 'not yet beside the patient for long enough');
  for (let i = 1; i <= 9; ++i) look(i / 12);
  assert.equal(visit.helper_px.length, 99);
  assert.equal(visit.helper_visibility.length, 33);
  for (let i = 10; i <= 24; ++i) look(i / 12);
  assert.equal(visit.pictures, 25);
  assert.ok(Math.abs(visit.watched_s - 2) < 1e-9);
  visit.pause();
  assert.equal(visit.helper_px, undefined);
  assert.equal(look(50).reacquired, true);
  const found = visit.findings({ kind: 'simulated', name: 'visit' });
  assert.deepEqual([found.schema, found.simulated, found.proposals], ['reprise.visit/1', true, []]);
  assert.deepEqual(visit.findings({ last_s: 45 }).proposals, []);
  const startedAt = '2026-11-27T08:00:00Z';
  assert.equal(failure(() => visit.accept({ accepted: [], startedAt })).code, 'nothing_measured');
  assert.equal(failure(() => visit.accept({ accepted: [{ number: 'a' }], startedAt })).code, 'invalid_argument');
  assert.match(failure(() => reprise.visitWatch({ person: 9, tests, exercises })).message, /person is 9/);
  assert.equal(failure(() => reprise.visitWatch({ tests, exercises: ['{}'] })).code, 'corrupt');
  visit.release();
});

test('measures a posture, and says what it wants', () => {
  const point = (name, x_px, y_px) => ({ point: name, x_px, y_px, origin: 'placed' });
  const picture = {
    view: 'back',
    width_px: 1200,
    height_px: 1600,
    roll_deg: 0,
    mirrored: false,
    height_cm: null,
    marks: null,
    points: [point('left_shoulder', 400, 280), point('right_shoulder', 800, 300)],
    outside: [],
    turned_deg: null,
  };
  const photos = { pictures: [picture], startedAt: '2026-11-26T10:00:00Z', duration_s: 0, simulated: true };
  const first = reprise.posture({ ...photos, earlier: null });
  const level = first.values.find(({ measure }) => measure === 'shoulder_level');
  assert.equal(level.value, 2.9); // atan(20 / 400)
  assert.ok(first.gaps.some(({ missing }) => missing.includes('c7')));
  assert.equal(reprise.posture({ ...photos, earlier: first.document }).changes[0].change, 0);
  assert.deepEqual(
    reprise.postureChanges({ now: first.document, earlier: first.document }).map(({ change }) => change),
    first.values.map(() => 0),
  );
  const kept = {
    id: '00000000-0000-4000-8000-00000000000b',
    base64: '/9j/4AAQSkZJRgABAQAAAQABAAD/2gAIAAAAAAAA/9k=',
    view: 'back',
    face_hidden: true,
    scale: 0.8,
    roll_deg: 0,
    mirrored: false,
  };
  const measurement = {
    id: '00000000-0000-4000-8000-00000000000a',
    patient: 'robin',
    practitioner: 'dr',
    start: '2026-11-26T10:00:00Z',
    end: '2026-11-26T10:00:00Z',
    document: first.document,
  };
  const types = (photo) =>
    JSON.parse(reprise.measurementBundle({ ...measurement, photo })).entry.map(({ resource }) => resource.resourceType);
  assert.ok(types(kept).includes('Binary') && types(kept).includes('DocumentReference'));
  assert.ok(!types(null).includes('Binary'));
  assert.equal(failure(() => types({ ...kept, base64: 'iVBORw0K' })).code, 'invalid_argument');
  const exchanged = { ...picture, points: [point('left_shoulder', 800, 280), point('right_shoulder', 400, 300)] };
  assert.equal(failure(() => reprise.posture({ ...photos, pictures: [exchanged], earlier: null })).code, 'unsupported');
  const pose = { image_px: new Float64Array(99), world_m: new Float64Array(99), visibility: new Float64Array(33) };
  const photo = { view: 'back', width_px: 1200, height_px: 1600, roll_known: true, mirrored: false, pose };
  assert.equal(failure(() => reprise.posturePoints(photo)).code, 'nothing_measured');
});
