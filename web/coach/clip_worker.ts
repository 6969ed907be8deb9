// SPDX-License-Identifier: Apache-2.0
// Clips of a test, off the page's thread: picture → networks → landmarks, and the measurement when all are seen.
// Nothing is kept of a picture.

import { expose } from 'comlink';
import { loadReprise, RepriseError } from 'reprise-engine';
import type {
  CameraGaitRequest,
  CameraTestRequest,
  Exercise,
  FilmedClips,
  MeasuredResult,
  PoseSession,
  Reprise,
  WorkLoadRequest,
  WorkLoadResult,
} from 'reprise-engine';
import { fetchNetwork, NETWORK_FILES, shareOf } from './files.ts';
import { inTurn } from './in_turn.ts';
import { dropOutline } from './landmark_graph.ts';
import { loadRuntime, type Network } from './litert.ts';
import { sizeOf } from './picture.ts';
import { watch } from './pose_pass.ts';
import { CoachFailure, type OnProgress, type Stages } from './types.ts';

/** What one picture of a clip showed. */
export interface ClipLook {
  /** 33 times x, y, z in pixels of the picture; undefined: no one was seen. */
  image_px?: Float32Array;
  visibility?: Float32Array;
}

export type ClipRequest =
  | { kind: 'gait'; request: CameraGaitRequest }
  /** `exercise`: the text of the one that the test counts. */
  | { kind: 'test'; request: CameraTestRequest; exercise: string | undefined };

/** The result, or why there is none: in English. */
export interface ClipMeasured<Result extends MeasuredResult = MeasuredResult> {
  result?: Result;
  refused?: { found: string; remedy: string };
}

interface Loaded {
  reprise: Reprise;
  detector: Network;
  landmarks: Network;
}

const FILES = [NETWORK_FILES.detector, NETWORK_FILES.heavy];

let loaded: Loaded | undefined;
let clips: FilmedClips | undefined;
let pose: PoseSession | undefined;
let seen = { reacquired: 0, most_people: 0, width_px: 0, height_px: 0 };

function ready(): Loaded {
  if (!loaded) throw new CoachFailure('unexpected', 'the networks are not loaded');
  return loaded;
}

async function open(onProgress: OnProgress) {
  const programs = shareOf('runtime', LITERT_BYTES, onProgress);
  const total = FILES.reduce((sum, { bytes }) => sum + bytes, 0);
  const networks = shareOf('models', total, onProgress);
  const files = Promise.all([
    fetchNetwork(NETWORK_FILES.detector, networks('detector')),
    fetchNetwork(NETWORK_FILES.heavy, networks('landmarks')),
  ]);
  files.catch(() => {}); // thrown below, perhaps after the others
  const [runtime, reprise] = await Promise.all([loadRuntime(programs('litert')), loadReprise()]);
  const [detector, heavy] = await files;
  dropOutline(heavy);
  loaded = { reprise, detector: await runtime.network(detector), landmarks: await runtime.network(heavy) };
}

/** Forgets the clips so far. */
function begin() {
  clips?.release();
  clips = ready().reprise.filmedClips();
}

function begin_clip() {
  if (!clips) begin();
  clips?.dropClip();
  pose?.release();
  pose = ready().reprise.poseSession();
  seen = { reacquired: 0, most_people: 0, width_px: 0, height_px: 0 };
}

async function show(picture: VideoFrame | ImageBitmap, time_s: number): Promise<ClipLook> {
  if (!pose || !clips) throw new CoachFailure('unexpected', 'no clip is on');
  const stages: Stages = { waited_ms: 0, picture_ms: 0, detector_ms: 0, landmarks_ms: 0, coach_ms: 0 };
  [seen.width_px, seen.height_px] = sizeOf(picture);
  const watched = await watch(pose, ready(), picture, time_s, stages);
  seen.most_people = Math.max(seen.most_people, watched.people);
  if (watched.reacquired) seen.reacquired += 1;
  clips.step({ ...watched, time_s });
  const { image_px, visibility } = watched;
  return image_px && visibility
    ? { image_px: Float32Array.from(image_px), visibility: Float32Array.from(visibility) }
    : {};
}

/** `name`: of the file; says nothing of the person. Returns how many clips there are. */
function end_clip(name: string): number {
  if (!clips) throw new CoachFailure('unexpected', 'no clip is on');
  const models = FILES.map(({ name: file, sha256 }) => ({ name: file, sha256 }));
  clips.endClip({ ...seen, name, models });
  pose?.release();
  pose = undefined;
  return clips.size;
}

function exercise_in(text: string | undefined): Exercise | null {
  return text === undefined ? null : ready().reprise.exercise(text);
}

function result_of(on: FilmedClips, of: ClipRequest): MeasuredResult {
  if (of.kind === 'gait') return on.gait(of.request);
  const exercise = exercise_in(of.exercise);
  try {
    return on.functionTest(of.request, exercise);
  } finally {
    exercise?.release();
  }
}

function measured<Result extends MeasuredResult>(of: (on: FilmedClips) => Result): ClipMeasured<Result> {
  if (!clips) throw new CoachFailure('unexpected', 'there is no clip');
  try {
    return { result: of(clips) };
  } catch (error) {
    if (!(error instanceof RepriseError)) throw error;
    const { found, remedy } = error;
    return { refused: { found, remedy } };
  }
}

const clipWorker = {
  open: (onProgress: OnProgress) => inTurn(() => open(onProgress)),
  begin: () => inTurn(begin),
  beginClip: () => inTurn(begin_clip),
  show: (picture: VideoFrame | ImageBitmap, time_s: number) =>
    inTurn(
      () => show(picture, time_s).finally(() => picture.close()),
      (look) => [look.image_px, look.visibility],
    ),
  endClip: (name: string) => inTurn(() => end_clip(name)),
  measure: (of: ClipRequest) => inTurn(() => measured((on) => result_of(on, of))),
  workLoad: (request: WorkLoadRequest) => inTurn(() => measured<WorkLoadResult>((on) => on.workLoad(request))),
};
export type ClipWorker = typeof clipWorker;

expose(clipWorker);
