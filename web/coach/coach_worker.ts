// SPDX-License-Identifier: Apache-2.0
// The coach, off the page's thread: picture → networks → engine → what the screen shows. Nothing is kept of a picture.

import { expose } from 'comlink';
import { loadReprise, RepriseError } from 'reprise-engine';
import type {
  Coach,
  CoachOptions,
  Exercise,
  FilmedClips,
  MeasuredResult,
  PoseSession,
  RangeTest,
  RangeTestSource,
  RangeTrialsFound,
  Readiness,
  RepetitionDone,
  Reprise,
  SessionOptions,
} from 'reprise-engine';
import { fetchNetwork, NETWORK_FILES, shareOf } from './files.ts';
import { inTurn } from './in_turn.ts';
import { loadRuntime, type Network } from './litert.ts';
import { sharedNow } from './shared_clock.ts';
import { ModelInUse } from './model_in_use.ts';
import { recordingOf } from './packing.ts';
import { Recognition } from './recognition.ts';
import { sizeOf } from './picture.ts';
import {
  CoachFailure,
  type CountedOptions,
  type Documented,
  type DocumentOptions,
  type Finished,
  type FinishOptions,
  type Look,
  type Model,
  type OnProgress,
  type PhotoLook,
  type RangeOptions,
  type SetReplay,
  type ShowOptions,
  type Stages,
} from './types.ts';
import { watch } from './pose_pass.ts';
import { replayed } from './replayed.ts';

interface Loaded {
  reprise: Reprise;
  detector: Network;
  landmarks: ModelInUse;
  recognition: Recognition;
  simulated: boolean;
}

interface Set {
  coach: Coach;
  reacquired: number;
  most_people: number;
  size: [width: number, height: number];
  /** Whether the movement is compared with other exercises. A test of range of motion is the one that was chosen. */
  recognized: boolean;
}

let loaded: Loaded | undefined;
let exercise: Exercise | undefined;
let exercise_text = '';
/** A test of range of motion: the exercise as it counts it. */
let range: { source: RangeTestSource; exercise: Exercise; test: RangeTest; side: RangeOptions['side'] } | undefined;
let poseSession: PoseSession | undefined;
let last_s = -Infinity;
let first = false; // the next picture is the first one of a set
let readiness: Readiness | undefined;
let set: Set | undefined;
/** A finished set whose points are still here. */
let again: { coach: Coach; repetitions: readonly RepetitionDone[]; options: SessionOptions } | undefined;
/** A test of function: its pictures' landmarks, from the first one on. */
let filmed: { clips: FilmedClips; first_s: number | undefined } | undefined;

function ready(): Loaded {
  if (!loaded) throw new CoachFailure('unexpected', 'the coach is not open');
  return loaded;
}

async function open(model: Model | 'auto', simulated: boolean, onProgress: OnProgress) {
  const programs = shareOf('runtime', LITERT_BYTES, onProgress);
  const files = [NETWORK_FILES.detector, NETWORK_FILES[model === 'full' ? 'full' : 'lite']];
  const networks = shareOf(
    'models',
    files.reduce((sum, file) => sum + file.bytes, 0),
    onProgress,
  );
  const detector_file = fetchNetwork(NETWORK_FILES.detector, networks('detector'));
  detector_file.catch(() => {}); // thrown below, perhaps after the others
  const [runtime, reprise] = await Promise.all([loadRuntime(programs('litert')), loadReprise()]);
  const landmarks = await ModelInUse.open(runtime, model, networks('landmarks'));
  const detector = await runtime.network(await detector_file);
  loaded = { reprise, detector, landmarks, recognition: new Recognition(), simulated };
}

function take_exercise(text: string): Exercise {
  if (exercise && text === exercise_text) return exercise;
  const next = ready().reprise.exercise(text);
  exercise?.release();
  exercise = next;
  exercise_text = text;
  return next;
}

function take_range(text: string, { test: source, side }: RangeOptions): Exercise {
  const same = range && exercise && text === exercise_text && source.id === range.source.id;
  if (!same) {
    range?.exercise.release();
    range?.test.release();
    range = { source, ...take_exercise(text).asRangeTest(source), side };
  }
  if (!range) throw new CoachFailure('unexpected', 'no test was prepared');
  range.side = side;
  return range.exercise;
}

function watch_anew() {
  poseSession?.release();
  poseSession = ready().reprise.poseSession();
  last_s = -Infinity;
}

function forget() {
  again?.coach.release();
  again = undefined;
}

function end() {
  set?.coach.release();
  readiness?.release();
  filmed?.clips.release();
  set = readiness = filmed = undefined;
}

function look_for(of: Exercise, side: 'left' | 'right' | undefined) {
  readiness = of.readiness(side && { side });
  watch_anew();
}

function prepare(text: string, side: 'left' | 'right' | undefined) {
  forget();
  end();
  look_for(take_exercise(text), side);
}

function start(coach: Coach, recognized: boolean) {
  forget();
  // The person seen getting ready, or in the set before, is tracked on.
  if (!poseSession) watch_anew();
  first = true;
  set = { coach, reacquired: 0, most_people: 0, size: [0, 0], recognized };
}

function begin(text: string, options: CoachOptions) {
  end();
  const coach = take_exercise(text).coach(options);
  ready().recognition.begin(text);
  start(coach, true);
}

function prepare_range(text: string, of: RangeOptions) {
  end();
  look_for(take_range(text, of), of.side);
}

function begin_range(text: string, of: RangeOptions) {
  end();
  // A helper may be there, who moves the limb.
  start(take_range(text, of).coach({ helper: true, ...(of.side && { side: of.side }) }), false);
}

function begin_counted(text: string) {
  end();
  start(take_exercise(text).coach(), false);
  filmed = { clips: ready().reprise.filmedClips(), first_s: undefined };
}

async function show(
  picture: VideoFrame | ImageBitmap,
  time_s: number,
  sent_ms: number,
  { paused = false }: ShowOptions = {},
): Promise<Look | undefined> {
  const { detector, landmarks, recognition, simulated } = ready();
  // A set may come from another camera than the set-up, with a clock of its own.
  if (first && !(time_s > last_s)) watch_anew();
  first = false;
  if (!poseSession || !(time_s > last_s)) return undefined;
  if (!set) landmarks.settle();
  const stages: Stages = {
    waited_ms: Math.max(0, sharedNow() - sent_ms),
    picture_ms: 0,
    detector_ms: 0,
    landmarks_ms: 0,
    coach_ms: 0,
  };
  const size = sizeOf(picture);
  const trial = set ? undefined : (input: Float32Array) => landmarks.tryFull(input);
  const watched = await watch(poseSession, { detector, landmarks: landmarks.network }, picture, time_s, stages, trial);
  last_s = time_s;
  if (!set) landmarks.note(stages);
  const begun = performance.now();
  const { people, light, reacquired, visibility, image_px } = watched;
  const look: Look = {
    time_s,
    seen: visibility !== undefined,
    people,
    light,
    reacquired,
    events: [],
    count: 0,
    stages,
  };
  if (set) {
    set.size = size;
    set.most_people = Math.max(set.most_people, people);
    if (reacquired) set.reacquired += 1;
    if (set.recognized && !paused) recognition.show({ ...watched, time_s });
    const looksLikeOther = set.recognized && recognition.looksLikeOther;
    look.events = set.coach.step({ ...watched, time_s, simulated, looksLikeOther, paused });
    look.count = set.coach.count;
    if (filmed && !paused) {
      filmed.first_s ??= time_s;
      filmed.clips.step({ ...watched, time_s: time_s - filmed.first_s });
    }
    look.now = set.coach.now;
  }
  if (readiness)
    look.readiness = readiness.step({ ...watched, time_s }, { width_px: size[0], height_px: size[1], people, light });
  if (image_px && visibility) {
    look.image_px = Float32Array.from(image_px);
    look.visibility = Float32Array.from(visibility);
  }
  stages.coach_ms += performance.now() - begun;
  return look;
}

/** One photo, apart from any set. */
async function photo(picture: ImageBitmap, person: number): Promise<PhotoLook> {
  const { reprise, detector, landmarks } = ready();
  const session = reprise.poseSession({ person });
  const stages: Stages = { waited_ms: 0, picture_ms: 0, detector_ms: 0, landmarks_ms: 0, coach_ms: 0 };
  try {
    const networks = { detector, landmarks: landmarks.network };
    const { people, image_px, world_m, visibility } = await watch(session, networks, picture, 0, stages);
    if (!image_px || !world_m || !visibility) return { people };
    const [image, world, seen] = [image_px, world_m, visibility].map((numbers) => Float32Array.from(numbers));
    return { people, pose: { image_px: image, world_m: world, visibility: seen } as Required<PhotoLook>['pose'] };
  } finally {
    session.release();
  }
}

/** Ends the coaching; `options`: of the set's document. */
function ended({ language, name }: DocumentOptions) {
  if (!set) throw new CoachFailure('unexpected', 'no set is on');
  const {
    coach,
    reacquired,
    most_people,
    size: [width_px, height_px],
  } = set;
  const events = coach.finish();
  const models = [NETWORK_FILES.detector, NETWORK_FILES[ready().landmarks.model]].map(({ name: file, sha256 }) => ({
    name: file,
    sha256,
  }));
  const options = { language, models, reacquired, most_people, width_px, height_px, ...(name && { name }) };
  return { coach, events, count: coach.count, options };
}

async function finish({ set: done, recording: id, ...of }: FinishOptions): Promise<Finished> {
  const { coach, count, options } = ended(of);
  const recording = id === undefined ? null : await recordingOf(coach.recording(options), id);
  const finished = coach.setBundle({ ...done, recording }, options);
  // Holds the points until they are asked for, or something else begins.
  again = { coach, repetitions: finished.repetitions, options };
  set = undefined;
  end();
  return { count, ...finished };
}

function replay(): SetReplay | undefined {
  try {
    return again && replayed(again.coach, again.repetitions, again.options);
  } finally {
    forget();
  }
}

function finish_range({ passive, ...of }: DocumentOptions & { passive: boolean }): RangeTrialsFound {
  const { coach, options } = ended(of);
  if (!range) throw new CoachFailure('unexpected', 'no test is on');
  try {
    return coach.rangeTrials({ test: range.test, side: range.side, passive }, options);
  } catch (error) {
    if (error instanceof RepriseError && error.code === 'nothing_measured') return { trials: [], warnings: [] };
    throw error;
  } finally {
    end();
  }
}

function finish_counted({ request, go_s, name }: CountedOptions): MeasuredResult | undefined {
  const { options } = ended({ language: 'en', name });
  if (!filmed || !exercise) throw new CoachFailure('unexpected', 'no test is on');
  const { clips, first_s = go_s } = filmed;
  try {
    clips.endClip(options);
    return clips.functionTest({ ...request, start_s: Math.max(0, go_s - first_s) }, exercise);
  } catch (error) {
    if (error instanceof RepriseError && error.code === 'nothing_measured') return undefined;
    throw error;
  } finally {
    end();
  }
}

function finish_as_document(of: DocumentOptions): Documented {
  const { coach, events, count, options } = ended(of);
  const session = coach.session(options);
  end();
  return { events, count, session };
}

/** The value of a call, and the network in use. */
export interface Answer<T> {
  model: Model;
  value: T;
}

function answer<T>(
  work: () => T | Promise<T>,
  arraysOf: (value: T) => readonly (Float32Array | undefined)[] = () => [],
): Promise<Answer<T>> {
  return inTurn(
    async () => ({ value: await work(), model: loaded?.landmarks.model ?? 'lite' }),
    ({ value }) => arraysOf(value),
  );
}

const coachWorker = {
  open: (model: Model | 'auto', simulated: boolean, onProgress: OnProgress) =>
    answer(async () => {
      const reported: unknown[] = [];
      await open(model, simulated, (share, what) => reported.push(onProgress(share, what)));
      await Promise.all(reported);
    }),
  prepare: (text: string, side: 'left' | 'right' | undefined) => answer(() => prepare(text, side)),
  begin: (text: string, options: CoachOptions) => answer(() => begin(text, options)),
  show: (picture: VideoFrame | ImageBitmap, time_s: number, sent_ms: number, options?: ShowOptions) =>
    answer(
      () => show(picture, time_s, sent_ms, options).finally(() => picture.close()),
      (look) => [look?.image_px, look?.visibility],
    ),
  photo: (picture: ImageBitmap, person: number) =>
    answer(
      () => photo(picture, person).finally(() => picture.close()),
      ({ pose }) => [pose?.image_px, pose?.world_m, pose?.visibility],
    ),
  finish: (options: FinishOptions) => answer(() => finish(options)),
  replay: () => answer(() => replay()),
  prepareRange: (text: string, of: RangeOptions) => answer(() => prepare_range(text, of)),
  beginRange: (text: string, of: RangeOptions) => answer(() => begin_range(text, of)),
  finishRange: (options: DocumentOptions & { passive: boolean }) => answer(() => finish_range(options)),
  beginCounted: (text: string) => answer(() => begin_counted(text)),
  finishCounted: (options: CountedOptions) => answer(() => finish_counted(options)),
  finishAsDocument: (options: DocumentOptions) => answer(() => finish_as_document(options)),
};
export type CoachWorker = typeof coachWorker;

expose(coachWorker);
