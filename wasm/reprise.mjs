// SPDX-License-Identifier: Apache-2.0
// The browser's entry point: loads the WebAssembly module and wraps its functions. reprise.d.mts has types and
// explanations. No network requests except for the module itself; no eval, so that a page may forbid it.

import { checked, checkTexts, loaded, nameOf, number, parsed, refuse, RepriseError, word } from './boundary.mjs';
import { HANDLE, ProgrammeEngine, ShownExercise } from './programme.mjs';
import createEngine from './reprise_engine.mjs';

export { RepriseError };

const LANDMARKS = 33;
const WORLD = LANDMARKS * 3;
const IMAGE_AT = WORLD + LANDMARKS; // FrameNumbers of live_set.h: meters, visibility, pixels
const FRAME = IMAGE_AT + WORLD;
const SEEN = { noPerson: 0, world: 1, andImage: 2 }; // Seen of live_set.h
const NOTHING = Object.freeze([]);
const SIDES = ['left', 'right'];
const PARTS = ['rest', 'out', 'extreme', 'back']; // MovementPart of repetition_detector.h

function numbersOf(stage, values, wanted, key) {
  if ((Array.isArray(values) || ArrayBuffer.isView(values)) && values.length === wanted) return values;
  return refuse(
    stage,
    `${key} holds ${values?.length ?? 'no'} numbers`,
    `give ${wanted}: those of the 33 landmarks, one landmark after the other`,
  );
}

/** Where an object of the engine takes the numbers of a frame. */
class FrameInput {
  #engine;
  #at; // in doubles

  constructor(engine, owner) {
    this.#engine = engine;
    this.#at = owner.numbers_address() / Float64Array.BYTES_PER_ELEMENT;
  }

  /** Copies a frame's numbers into the engine's memory. Returns which of them are valid. */
  put(stage, { time_s, world_m, visibility, image_px }) {
    if (typeof time_s !== 'number') refuse(stage, `time_s is ${String(time_s)}`, 'give the seconds since the start');
    if (!world_m) return SEEN.noPerson;
    const numbers = this.#engine.HEAPF64; // read each time: it moves when memory grows
    numbers.set(numbersOf(stage, world_m, WORLD, 'world_m'), this.#at);
    numbers.set(numbersOf(stage, visibility, LANDMARKS, 'visibility'), this.#at + WORLD);
    if (image_px) numbers.set(numbersOf(stage, image_px, WORLD, 'image_px'), this.#at + IMAGE_AT);
    return image_px ? SEEN.andImage : SEEN.world;
  }
}

/** Unpacks the result of numbers_of in movement_bindings.cpp. */
function framesOf(numbers) {
  const frames = [];
  for (let at = 0; at < numbers.length; at += FRAME + 1) {
    const all = numbers.subarray(at + 1, at + 1 + FRAME);
    frames.push({
      time_s: numbers[at],
      ...(!Number.isNaN(all[0]) && { world_m: all.subarray(0, WORLD), visibility: all.subarray(WORLD, IMAGE_AT) }),
      ...(!Number.isNaN(all[IMAGE_AT]) && { image_px: all.subarray(IMAGE_AT) }),
    });
  }
  return frames;
}

/** SessionOptions of bindings.cpp. */
function sessionOptions(stage, options) {
  const size = { min: 0, max: 100000, whole: true };
  const models = options.models ?? [];
  for (const model of models) {
    word(stage, model, 'name');
    word(stage, model, 'sha256');
  }
  return {
    kind: word(stage, options, 'kind', 'video', ['video', 'landmarks', 'simulated']),
    name: word(stage, options, 'name', 'camera'),
    language: word(stage, options, 'language', 'en'),
    width_px: number(stage, options, 'width_px', 0, size),
    height_px: number(stage, options, 'height_px', 0, size),
    reacquired: number(stage, options, 'reacquired', 0, size),
    most_people: number(stage, options, 'most_people', 0, size),
    models,
  };
}

class Coach {
  #engine;
  #set;
  #input;

  constructor(engine, set) {
    this.#engine = engine;
    this.#set = set;
    this.#input = new FrameInput(engine, set);
  }

  step(frame) {
    const seen = this.#input.put('coaching a set', frame);
    if (frame.paused) {
      checked(this.#set.step_paused(frame.time_s, seen));
      return NOTHING;
    }
    if (frame.simulated) this.#set.mark_simulated();
    const size = { min: 0, max: 100000, whole: true };
    const people = frame.people === undefined ? -1 : number('coaching a set', frame, 'people', undefined, size);
    return checked(this.#set.step(frame.time_s, seen, people, frame.looksLikeOther === true)) ?? NOTHING;
  }

  finish() {
    return checked(this.#set.finish());
  }

  get now() {
    return checked(this.#engine.coach_state(this.#set));
  }

  get count() {
    return this.#set.complete_count();
  }

  session(options = {}) {
    return checked(this.#set.session(sessionOptions('writing the session', options))).json;
  }

  rangeTrials({ test, side, passive }, options = {}) {
    const stage = 'measuring the range of motion';
    const of = side === undefined ? '' : word(stage, { side }, 'side', '', SIDES);
    const facts = sessionOptions(stage, options);
    return JSON.parse(checked(this.#engine.filmed_trials(this.#set, test[HANDLE], of, passive === true, facts)).json);
  }

  setBundle(set, options = {}) {
    const facts = sessionOptions('documenting a set', options);
    return checked(this.#set.set_bundle(facts, JSON.stringify(set ?? null)));
  }

  replay(part, options = {}) {
    const stage = 'replaying a repetition';
    const facts = sessionOptions(stage, options);
    const at = (key) => number(stage, part ?? {}, key);
    return checked(this.#engine.replay(this.#set, at('from_s'), at('to_s'), facts));
  }

  recording(picture = {}) {
    const size = { min: 0, max: 100000, whole: true };
    const side = (key) => number('recording a movement', picture, key, 0, size);
    return checked(this.#engine.recording(this.#set, side('width_px'), side('height_px'))).bytes;
  }

  release() {
    this.#set.delete();
  }
}

class FilmedClips {
  #clips;
  #input;

  constructor(engine, clips) {
    this.#clips = clips;
    this.#input = new FrameInput(engine, clips);
  }

  get size() {
    return this.#clips.size();
  }

  step(frame) {
    const seen = this.#input.put('reading a clip', frame);
    checked(this.#clips.step(frame.time_s, seen));
  }

  endClip(options = {}) {
    checked(this.#clips.end_clip(sessionOptions('reading a clip', options)));
  }

  dropClip() {
    this.#clips.drop_clip();
  }

  functionTest(request, exercise) {
    const text = JSON.stringify(request ?? null);
    const measured = exercise ? this.#clips.counted_test(text, exercise[HANDLE]) : this.#clips.uncounted_test(text);
    return JSON.parse(checked(measured).json);
  }

  gait(request) {
    return JSON.parse(checked(this.#clips.gait(JSON.stringify(request ?? null))).json);
  }

  workLoad(request) {
    const result = JSON.parse(checked(this.#clips.work_load(JSON.stringify(request ?? null))).json);
    return { ...result, load: JSON.parse(result.load) };
  }

  release() {
    this.#clips.delete();
  }
}

/** A set that worn sensors measure; its state is as a camera's. */
class SensorSet {
  #set;
  #places;

  constructor(set, places) {
    this.#set = set;
    this.#places = places;
  }

  step({ time_s, value, simulated }) {
    if (typeof time_s !== 'number')
      refuse('coaching a set with sensors', `time_s is ${String(time_s)}`, 'give seconds');
    if (simulated) this.#set.mark_simulated();
    return checked(this.#set.step(time_s, typeof value === 'number' ? value : Number.NaN)) ?? NOTHING;
  }

  finish() {
    return checked(this.#set.finish());
  }

  get now() {
    return checked(this.#set.state());
  }

  get count() {
    return this.#set.complete_count();
  }

  setBundle(set, { language = 'en' } = {}) {
    return checked(this.#set.set_bundle(JSON.stringify(set ?? null), language, this.#places));
  }

  release() {
    this.#set.delete();
  }
}

class WornSensors {
  #worn;

  constructor(worn) {
    this.#worn = worn;
    this.places = Array.from({ length: worn.sensors() }, (_, sensor) => worn.place(sensor));
  }

  #sensor(sensor) {
    return number('taking a sensor', { sensor }, 'sensor', undefined, {
      min: 0,
      max: this.places.length - 1,
      whole: true,
    });
  }

  connect(sensor, description) {
    checked(this.#worn.connect(this.#sensor(sensor), description));
  }

  take(sensor, packet, time_s) {
    checked(this.#worn.take(this.#sensor(sensor), packet, number('taking a sensor', { time_s }, 'time_s')));
  }

  look(time_s) {
    return checked(this.#worn.look(number('looking at sensors', { time_s }, 'time_s')));
  }

  calibrate() {
    this.#worn.calibrate();
  }

  set(exercise, options = {}) {
    const stage = 'starting a set';
    const side = options.side === undefined ? '' : word(stage, options, 'side', '', SIDES);
    const ceiling = options.ceiling === undefined ? 0 : number(stage, options, 'ceiling');
    const { set } = checked(this.#worn.start_set(exercise[HANDLE], side, options.ceiling !== undefined, ceiling));
    return new SensorSet(set, this.places);
  }

  release() {
    this.#worn.delete();
  }
}

/** Load sensors under both feet. */
class LoadSensors {
  #worn;

  constructor(worn) {
    this.#worn = worn;
    this.places = ['left_foot', 'right_foot'];
  }

  connect(sensor, description) {
    checked(this.#worn.connect(this.#sensor(sensor), description));
  }

  take(sensor, packet, time_s) {
    checked(this.#worn.take(this.#sensor(sensor), packet, number('taking a load', { time_s }, 'time_s')));
  }

  look(time_s) {
    return checked(this.#worn.look(number('looking at load sensors', { time_s }, 'time_s')));
  }

  calibrate() {
    this.#worn.calibrate();
  }

  pause(paused) {
    this.#worn.pause(Boolean(paused));
  }

  result({ startedAt, simulated = false }) {
    return JSON.parse(checked(this.#worn.result(String(startedAt), Boolean(simulated))).json);
  }

  release() {
    this.#worn.delete();
  }

  #sensor(sensor) {
    return number('taking a load', { sensor }, 'sensor', undefined, { min: 0, max: 1, whole: true });
  }
}

class Readiness {
  #readiness;
  #input;

  constructor(engine, readiness) {
    this.#readiness = readiness;
    this.#input = new FrameInput(engine, readiness);
  }

  step(frame, picture = {}) {
    const stage = 'checking the set-up';
    const size = { min: 0, max: 100000, whole: true };
    const seen = this.#input.put(stage, frame);
    const known = (key, limits) => (picture[key] === undefined ? -1 : number(stage, picture, key, undefined, limits));
    return checked(
      this.#readiness.step(
        frame.time_s,
        seen,
        number(stage, picture, 'width_px', 0, size),
        number(stage, picture, 'height_px', 0, size),
        known('people', size),
        known('light', { min: 0, max: 1 }),
      ),
    );
  }

  release() {
    this.#readiness.delete();
  }
}

class RecognizedSet {
  #set;
  #input;

  constructor(engine, set) {
    this.#set = set;
    this.#input = new FrameInput(engine, set);
  }

  step(frame) {
    return checked(this.#set.step(frame.time_s, this.#input.put('recognizing exercises', frame)));
  }

  release() {
    this.#set.delete();
  }
}

class Recognizer {
  #engine;
  #recognizer;

  constructor(engine, recognizer) {
    this.#engine = engine;
    this.#recognizer = recognizer;
  }

  set(exercise) {
    const id = word('recognizing exercises', { exercise }, 'exercise');
    return new RecognizedSet(this.#engine, this.#engine.recognized_set(this.#recognizer, id));
  }

  release() {
    this.#recognizer.delete();
  }
}

class HeartRateFile {
  #file;

  constructor(file) {
    this.#file = file;
  }

  take(bytes) {
    if (!(bytes instanceof Uint8Array))
      refuse('reading heart rates of a file', 'a piece is no Uint8Array', 'give the bytes of the file');
    checked(this.#file.take(bytes));
  }

  finish() {
    return JSON.parse(checked(this.#file.finish()).json);
  }

  release() {
    this.#file.delete();
  }
}

class Game {
  #game;

  constructor(game) {
    this.#game = game;
  }

  step({ time_s, now, count, events, strained }) {
    const stage = 'playing';
    if (typeof time_s !== 'number') refuse(stage, `time_s is ${String(time_s)}`, 'give what the coach saw');
    if (!now) return this.state;
    const kinds = (events ?? NOTHING).map((event) => word(stage, event, 'kind'));
    const poor = (events ?? NOTHING).some(({ kept, broken }) => (broken?.length ?? 0) > (kept?.length ?? 0));
    return checked(
      this.#game.step(
        {
          time_s,
          progress: now.unseen ? Number.NaN : (now.progress ?? Number.NaN),
          part: PARTS.indexOf(word(stage, now, 'part', 'rest', PARTS)),
          side: word(stage, { side: now.side ?? now.leans_to ?? '' }, 'side', '', ['left', 'right', '']),
          held_s: Number(now.held_s),
          at_ceiling: Boolean(now.at_ceiling),
          count: number(stage, { count }, 'count', undefined, { min: 0, max: 1e6, whole: true }),
          poor_form: poor,
          strained: Boolean(strained),
        },
        kinds,
      ),
    );
  }

  get state() {
    return checked(this.#game.state());
  }

  get carried() {
    return this.#game.carried();
  }

  get result() {
    return checked(this.#game.result());
  }

  release() {
    this.#game.delete();
  }
}

class Exercise extends ShownExercise {
  #engine;
  #exercise;

  constructor(engine, exercise, file, bones) {
    super(engine, exercise, file, bones);
    this.#engine = engine;
    this.#exercise = exercise;
  }

  coach(options = {}) {
    const stage = 'starting a set';
    const side = options.side === undefined ? '' : word(stage, options, 'side', '', ['left', 'right']);
    const ceiling = options.ceiling === undefined ? 0 : number(stage, options, 'ceiling');
    const { set } = checked(
      this.#engine.start_set(this.#exercise, side, options.ceiling !== undefined, ceiling, options.helper === true),
    );
    return new Coach(this.#engine, set);
  }

  readiness(options = {}) {
    const side = options.side === undefined ? '' : word('checking the set-up', options, 'side', '', ['left', 'right']);
    return new Readiness(this.#engine, checked(this.#engine.start_readiness(this.#exercise, side)).readiness);
  }

  wear(side) {
    const worn = checked(
      this.#engine.wear(this.#exercise, word('putting sensors on', { side }, 'side', '', SIDES)),
    ).worn;
    return new WornSensors(worn);
  }

  asRangeTest({ file, text, id }) {
    const stage = 'preparing a test of range of motion';
    const made = checked(
      this.#engine.range_test(
        this.#exercise,
        word(stage, { file }, 'file'),
        word(stage, { text }, 'text'),
        word(stage, { id }, 'id'),
      ),
    );
    return {
      exercise: new Exercise(this.#engine, made.exercise, this.file, this.bones),
      test: { [HANDLE]: made.test, release: () => made.test.delete() },
    };
  }

  game(kind, options) {
    const stage = 'starting a game';
    const level = options.carried ?? Number.NaN; // stored by the page; the engine checks it
    return new Game(
      checked(
        this.#engine.start_game(this.#exercise, {
          kind: word(stage, { kind }, 'kind', undefined, ['balloon', 'orchard', 'river', 'lanterns']),
          repetitions: number(stage, options, 'repetitions', undefined, { min: 1, max: 1000, whole: true }),
          hold_s: number(stage, options, 'hold_s', -1),
          target: number(stage, { target: options.target ?? undefined }, 'target', Number.MAX_VALUE),
          ceiling: number(stage, { ceiling: options.ceiling ?? undefined }, 'ceiling', Number.MAX_VALUE),
          carried: typeof level === 'number' ? level : Number.NaN,
          effort: number(stage, options, 'effort', -1, { min: -1, max: 10, whole: true }),
          seed: number(stage, options, 'seed', 1, { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
          side: word(stage, { side: options.side ?? '' }, 'side', '', ['left', 'right', '']),
        }),
      ).game,
    );
  }

  simulate(options = {}) {
    const stage = 'simulating an exercise';
    const { numbers } = checked(
      this.#engine.simulated_frames(this.#exercise, {
        repetitions: number(stage, options, 'repetitions', 5, { min: 0, max: 1000, whole: true }),
        azimuth_deg: number(stage, options, 'azimuth_deg', 0),
        frame_rate_hz: number(stage, options, 'frame_rate_hz', 30),
        noise_m: number(stage, options, 'noise_m', 0),
        stature_m: number(stage, options, 'stature_m', 1.7),
        seed: number(stage, options, 'seed', 1, { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
        mirror: Boolean(options.mirror),
        fault: word(stage, options, 'fault', ''),
      }),
    );
    return framesOf(numbers).map((frame) => ({ ...frame, simulated: true }));
  }
}

const DETECTOR = { boxes: 2254 * 12, logits: 2254 }; // networks.h
const LANDMARK_NETWORK = { landmarks: 39 * 5, heatmap: 64 * 64 * 39, world_m: 39 * 3 };
const INPUTS = { detector: 224 * 224 * 3, landmarks: 256 * 256 * 3 };
const WANTED = [undefined, 'detector', 'landmarks']; // Wanted of pose_session.h

class PoseSession {
  #engine;
  #poseSession;

  constructor(engine, poseSession) {
    this.#engine = engine;
    this.#poseSession = poseSession;
  }

  // Views are created each time: memory moves when it grows.
  #floats(address, length) {
    return new Float32Array(this.#engine.HEAPF32.buffer, address, length);
  }

  #next(wanted) {
    checked(wanted);
    if (wanted !== 0)
      return { wanted: WANTED[wanted], input: this.#floats(this.#poseSession.input(), INPUTS[WANTED[wanted]]) };
    const poseSession = this.#poseSession;
    const frame = {
      people: poseSession.people(),
      detected: poseSession.detected(),
      reacquired: poseSession.reacquired(),
      light: poseSession.light(),
    };
    if (!poseSession.seen()) return frame;
    const at = this.#poseSession.addresses().numbers / Float64Array.BYTES_PER_ELEMENT;
    const numbers = this.#engine.HEAPF64.slice(at, at + FRAME);
    return {
      ...frame,
      world_m: numbers.subarray(0, WORLD),
      visibility: numbers.subarray(WORLD, IMAGE_AT),
      image_px: numbers.subarray(IMAGE_AT),
    };
  }

  // Fetched each time: those of a visit change from the patient's pass to the helper's.
  #views(lengths) {
    const addresses = this.#poseSession.addresses();
    return Object.fromEntries(
      Object.entries(lengths).map(([name, length]) => [name, this.#floats(addresses[name], length)]),
    );
  }

  picture(width_px, height_px) {
    const size = { min: 1, max: 4096, whole: true };
    const stage = 'watching';
    const address = checked(
      this.#poseSession.picture(
        number(stage, { width_px }, 'width_px', undefined, size),
        number(stage, { height_px }, 'height_px', undefined, size),
      ),
    );
    return new Uint8Array(this.#engine.HEAPU8.buffer, address, width_px * height_px * 4);
  }

  begin(time_s) {
    return this.#next(this.#poseSession.begin(number('watching', { time_s }, 'time_s')));
  }

  get detectorOutput() {
    return this.#views(DETECTOR);
  }

  get landmarkOutput() {
    return this.#views(LANDMARK_NETWORK);
  }

  answer(presence = 0) {
    return this.#next(this.#poseSession.answer(number('watching', { presence }, 'presence')));
  }

  release() {
    this.#poseSession.delete();
  }
}

class VisitWatch extends PoseSession {
  #engine;
  #visit;

  constructor(engine, visit) {
    super(engine, visit);
    this.#engine = engine;
    this.#visit = visit;
  }

  #helper(from, to) {
    const address = this.#visit.helper_address();
    if (address === 0) return undefined;
    const at = address / Float64Array.BYTES_PER_ELEMENT;
    return this.#engine.HEAPF64.slice(at + from, at + to);
  }

  get helper_px() {
    return this.#helper(IMAGE_AT, FRAME);
  }

  get helper_visibility() {
    return this.#helper(WORLD, IMAGE_AT);
  }

  get pictures() {
    return this.#visit.pictures();
  }

  get watched_s() {
    return this.#visit.watched_s();
  }

  pause() {
    this.#visit.pause();
  }

  findings(options = {}) {
    const stage = 'watching a visit';
    const last_s = number(stage, options, 'last_s', -1, { min: -1, max: 86400 });
    return JSON.parse(checked(this.#visit.findings(sessionOptions(stage, options), last_s)).json);
  }

  accept(request = {}) {
    const options = sessionOptions('accepting movements of a visit', request);
    return JSON.parse(checked(this.#visit.accept(JSON.stringify(request), options)).json);
  }
}

class Reprise extends ProgrammeEngine {
  #engine;

  constructor(engine) {
    super(engine, Exercise);
    this.#engine = engine;
    this.version = engine.engine_version();
  }

  wearLoad(order = {}) {
    const stage = 'putting load sensors on';
    return new LoadSensors(
      this.#engine.wear_load(
        word(stage, order, 'side', '', SIDES),
        number(stage, order, 'bodyMass_kg', undefined, { min: 20, max: 300 }),
        number(stage, order, 'share', undefined, { min: 0.01, max: 1 }),
      ),
    );
  }

  poseSession(options = {}) {
    const stage = 'watching';
    const person = number(stage, options, 'person', 1, { min: 1, max: 8, whole: true });
    const order = word(stage, options, 'order', 'largest_first', ['largest_first', 'central_first']);
    return new PoseSession(
      this.#engine,
      checked(this.#engine.start_pose_session(person, order === 'central_first')).session,
    );
  }

  visitWatch(options = {}) {
    const stage = 'watching a visit';
    const person = number(stage, options, 'person', 1, { min: 1, max: 8, whole: true });
    const { tests = [], exercises } = options;
    checkTexts(stage, exercises, 'exercises');
    const files = new Map(tests.map((test) => [word(stage, test, 'file'), word(stage, test, 'text')]));
    const named = [...files].map(([name, text]) => ({ name, text }));
    const drawn = exercises.map((text) => ({ name: nameOf(parsed(text)), text }));
    return new VisitWatch(this.#engine, checked(this.#engine.start_visit(person, named, drawn)).session);
  }

  recognizer(exercises) {
    checkTexts('recognizing exercises', exercises, 'exercises');
    const names = exercises.map((json) => nameOf(parsed(json)));
    return new Recognizer(this.#engine, checked(this.#engine.recognizer(names, exercises)).recognizer);
  }

  recording(bytes) {
    if (!(bytes instanceof Uint8Array))
      refuse('reading recorded movement', 'it is no Uint8Array', 'give the bytes that Coach.recording gave');
    const { numbers, ...facts } = checked(this.#engine.read_recording(bytes));
    return { ...facts, frames: framesOf(numbers) };
  }

  remoteMonitoring(answers, rules, options) {
    const stage = 'counting remote monitoring';
    checkTexts(stage, answers, 'answers');
    checkTexts(stage, rules, 'rules');
    return JSON.parse(checked(this.#engine.remote_monitoring(answers, rules, JSON.stringify(options ?? null))).json);
  }

  contraindications(rules, exercises, answers, options) {
    const stage = 'looking what speaks against exercises';
    checkTexts(stage, rules, 'rules');
    checkTexts(stage, exercises, 'exercises');
    checkTexts(stage, answers, 'answers');
    return JSON.parse(
      checked(this.#engine.contraindications(rules, exercises, answers, JSON.stringify(options ?? null))).json,
    );
  }

  programmeTemplate(protocol, exercises, options) {
    const stage = 'making a programme of a template';
    checkTexts(stage, [protocol], 'template');
    checkTexts(stage, exercises, 'exercises');
    return JSON.parse(
      checked(this.#engine.programme_template(protocol, exercises, JSON.stringify(options ?? null))).json,
    );
  }

  adherence(answers, options) {
    checkTexts('computing adherence', answers, 'answers');
    return JSON.parse(checked(this.#engine.adherence(answers, JSON.stringify(options ?? null))).json);
  }

  better(metric, { rising = true, held = false } = {}) {
    return JSON.parse(checked(this.#engine.better(String(metric), rising, held)).json);
  }

  functionScores(answers) {
    checkTexts('comparing tests of function', answers, 'answers');
    return JSON.parse(checked(this.#engine.function_scores(answers)).json);
  }

  intensity(answers, today) {
    checkTexts('proposing an intensity', answers, 'answers');
    return JSON.parse(checked(this.#engine.intensity(answers, String(today))).json);
  }

  exerciseDefinition(exercise) {
    checkTexts('keeping an exercise', [exercise], 'exercise');
    return JSON.parse(checked(this.#engine.exercise_definition(exercise)).json);
  }

  programmeDraft(recorded) {
    return JSON.parse(checked(this.#engine.programme_draft(JSON.stringify(recorded ?? null))).json);
  }

  programmeBundle(writing) {
    return checked(this.#engine.programme_bundle(JSON.stringify(writing ?? null))).json;
  }

  draftedProgramme(writing, answers) {
    checkTexts('checking a programme', answers, 'answers');
    return JSON.parse(checked(this.#engine.drafted_programme(JSON.stringify(writing ?? null), answers)).json);
  }

  requestedQuestionnaires(answers, today) {
    checkTexts('listing questionnaires', answers, 'answers');
    return JSON.parse(checked(this.#engine.requested_questionnaires(answers, String(today))).json);
  }

  withQuestionnaire(plan, asked) {
    return JSON.parse(checked(this.#engine.with_questionnaire(JSON.stringify({ ...asked, plan }))).json);
  }

  withQuestionnaireStatus(plan, key, status) {
    return JSON.parse(checked(this.#engine.request_status(JSON.stringify({ plan, key, status }))).json);
  }

  phoneTest(options, times, motion) {
    const made = checked(this.#engine.phone_test(JSON.stringify(options ?? null), times, motion));
    return JSON.parse(made.json);
  }

  heartRateValue(bytes) {
    return JSON.parse(checked(this.#engine.heart_rate_value(bytes)).json);
  }

  oxygenValue(bytes, continuous) {
    return JSON.parse(checked(this.#engine.oxygen_value(bytes, Boolean(continuous))).json);
  }

  bloodPressureValue(bytes) {
    return JSON.parse(checked(this.#engine.blood_pressure_value(bytes)).json);
  }

  heartRateFile({ from_s, to_s }) {
    return new HeartRateFile(this.#engine.heart_rate_file(Number(from_s), Number(to_s)));
  }

  enduranceVerdict(facts) {
    return JSON.parse(checked(this.#engine.endurance_verdict(JSON.stringify(facts ?? null))).json);
  }

  enduranceSession(session) {
    return JSON.parse(checked(this.#engine.endurance_session(JSON.stringify(session ?? null))).json);
  }

  balanceNow(state) {
    return JSON.parse(checked(this.#engine.balance_now(JSON.stringify(state ?? null))).json);
  }

  balanceSession(session) {
    return JSON.parse(checked(this.#engine.balance_session(JSON.stringify(session ?? null))).json);
  }

  filmedClips() {
    return new FilmedClips(this.#engine, checked(this.#engine.start_clips()).clips);
  }

  exerciseOfTest(test) {
    return checked(this.#engine.exercise_of_test(String(test))).exercise;
  }

  lift(request) {
    return JSON.parse(checked(this.#engine.lift(JSON.stringify(request ?? null))).json);
  }

  rangeOfMotion(tests) {
    return JSON.parse(checked(this.#engine.range_of_motion(JSON.stringify(tests ?? null))).json);
  }

  posturePoints(photo) {
    const { pose, ...facts } = photo ?? {};
    const numbers = (of) => (of ? Array.from(of) : null);
    const sent = {
      ...facts,
      image_px: numbers(pose?.image_px),
      world_m: numbers(pose?.world_m),
      visibility: numbers(pose?.visibility),
    };
    return JSON.parse(checked(this.#engine.posture_points(JSON.stringify(sent))).json);
  }

  posture(photos) {
    return JSON.parse(checked(this.#engine.posture(JSON.stringify(photos ?? null))).json);
  }

  postureChanges(documents) {
    return JSON.parse(checked(this.#engine.posture_changes(JSON.stringify(documents ?? null))).json);
  }

  measurementBundle(measurement) {
    return checked(this.#engine.measurement_bundle(JSON.stringify(measurement ?? null))).json;
  }

  selfAssessment({ definition, answers, language }) {
    const given = JSON.stringify(answers ?? null);
    return JSON.parse(checked(this.#engine.self_assessment(String(definition), given, String(language))).json);
  }
}

export const loadReprise = (options) =>
  loaded(createEngine, (engine) => new Reprise(engine), 'reprise_engine.wasm', options);
