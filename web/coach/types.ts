// SPDX-License-Identifier: Apache-2.0
// What the screens know of the coach. It runs in a worker of its own, on this device alone.

import type {
  CameraTestRequest,
  CoachedSet,
  CoachEvent,
  CoachState,
  CoachOptions,
  MeasuredResult,
  RangeTestSource,
  RangeTrialsFound,
  ReadinessState,
  RepetitionDone,
  Replay,
} from 'reprise-engine';

/** The landmark network: lite everywhere, full where the device keeps up. */
export type Model = 'lite' | 'full';

/** What each part of a picture's way took, in milliseconds. */
export interface Stages {
  /** From `show` until the worker began with it. */
  waited_ms: number;
  /** The picture's way into the engine's memory. */
  picture_ms: number;
  detector_ms: number;
  landmarks_ms: number;
  /** All of the engine: cutting out, following, coaching. */
  coach_ms: number;
}

/** What one picture showed. */
export interface Look {
  time_s: number;
  seen: boolean;
  /** People that the newest look at the whole picture saw. */
  people: number;
  /** How bright the picture is, 0 to 1. */
  light: number;
  /** A person is tracked again; it may be another one. */
  reacquired: boolean;
  /** 33 times x, y, z in pixels of the picture. */
  image_px?: Float32Array;
  visibility?: Float32Array;
  /** What the coach has to say; during a set only. */
  events: readonly CoachEvent[];
  /** Complete repetitions or holds of the set. */
  count: number;
  /** How the set stands; during a set only. */
  now?: CoachState;
  /** Whether the person is well in view; from `prepare` to `begin`. */
  readiness?: ReadinessState;
  stages: Stages;
}

export interface DocumentOptions {
  /** Of the words in the session document. */
  language: string;
  /** A name for the recording that says nothing about the person. */
  name?: string;
}

export interface FinishOptions extends DocumentOptions {
  set: Omit<CoachedSet, 'recording'>;
  /** A UUID, assigned once: the record gets the movement, too, as points. Only with the patient's consent. */
  recording?: string | undefined;
}

/** Two repetitions of a set, in the page's memory only. */
export interface SetReplay {
  /** The first complete one. */
  first: Replay;
  firstQuality: number;
  /** The one of the best quality, without a fault; null: none is better than the first. */
  best: Replay | null;
  bestQuality: number;
}

export interface Finished {
  count: number;
  /** Of the complete repetitions, 0 to 100; null if none was judged. */
  meanQuality: number | null;
  /** The set's transaction, for the record. */
  bundle: string;
  /** The complete ones, in order. */
  repetitions: readonly RepetitionDone[];
}

export interface Documented {
  events: readonly CoachEvent[];
  count: number;
  /** The text of session.json. */
  session: string;
}

/** A set that is a test of range of motion. */
export interface RangeOptions {
  test: RangeTestSource;
  side: 'left' | 'right' | undefined;
}

/** A test of function that is counted. */
export interface CountedOptions {
  request: Omit<CameraTestRequest, 'start_s'>;
  /** "Go", on the pictures' clock. */
  go_s: number;
  name: string;
}

/** What one photo shows. */
export interface PhotoLook {
  people: number;
  /** Of the person; absent where none was seen. */
  pose?: { image_px: Float32Array; world_m: Float32Array; visibility: Float32Array };
}

/** What one picture of a visit showed. Points: 33 times x, y, z in pixels of the picture. */
export interface VisitLook {
  time_s: number;
  /** People in the newest look at the whole picture. */
  people: number;
  patient_px?: Float32Array;
  patient_visibility?: Float32Array;
  helper_px?: Float32Array;
  helper_visibility?: Float32Array;
  /** Of the visit, without pauses. */
  watched_s: number;
}

export interface ShowOptions {
  /** A picture of a pause: only gestures are looked for, and it belongs to no set. */
  paused?: boolean;
}

export interface CoachInBrowser {
  /** Which network looks now; 'auto' changes it between sets only. */
  readonly model: Model;
  /** Until `begin`: looks for the set-up of this exercise, from its file's text. */
  prepare(exerciseJson: string, options: { side?: 'left' | 'right' }): Promise<void>;
  /** Starts a set; pictures shown from now on belong to it. */
  begin(exerciseJson: string, options: CoachOptions): Promise<void>;
  /**
   * Shows a picture, which is closed afterwards. Undefined where it was dropped: the one before is under way (pictures
   * are never queued), or its time does not rise.
   */
  show(picture: VideoFrame | ImageBitmap, time_s: number, options?: ShowOptions): Promise<Look | undefined>;
  /** Looks at one photo, which is closed afterwards. `person`: which of several, the largest first. */
  photo(picture: ImageBitmap, person: number): Promise<PhotoLook>;
  /** Ends the set, for the record. */
  finish(options: FinishOptions): Promise<Finished>;
  /**
   * Two repetitions of the set that was finished last, once; undefined where a ceiling binds, too little was seen, or
   * another set has begun.
   */
  replay(): Promise<SetReplay | undefined>;
  /** Looks for the set-up of a test of range of motion, and starts it, as `prepare` and `begin` of an exercise. */
  prepareRange(exerciseJson: string, range: RangeOptions): Promise<void>;
  beginRange(exerciseJson: string, range: RangeOptions): Promise<void>;
  /** Ends the test; without trials where nothing was measured. */
  finishRange(options: DocumentOptions & { passive: boolean }): Promise<RangeTrialsFound>;
  /** Starts a test of function that counts this exercise, and ends it; undefined: nothing was measured. */
  beginCounted(exerciseJson: string): Promise<void>;
  finishCounted(options: CountedOptions): Promise<MeasuredResult | undefined>;
  /** Ends the set, for no record. */
  finishAsDocument(options: DocumentOptions): Promise<Documented>;
  /** Ends the worker and frees its memory. */
  close(): void;
}

/** Reports the loaded share of the files, 0 to 1. */
export type OnProgress = (share: number, what: 'runtime' | 'models') => void;

export interface OpenOptions {
  /** Default 'auto'. */
  model?: Model | 'auto';
  /** The pictures come from a simulation; so then does everything made of them. */
  simulated?: boolean;
  onProgress?: OnProgress;
}

export type CoachFailureCode =
  /** The browser lacks WebAssembly's SIMD or exceptions: too old. */
  | 'no-simd'
  /** A file came, and is not what it must be. */
  | 'damaged'
  /** A file or the worker did not come. */
  | 'unreachable'
  /** The device has not enough memory. */
  | 'memory'
  | 'unexpected';

/** Why the coach cannot work; the screens say it in the reader's language. */
export class CoachFailure extends Error {
  constructor(
    readonly code: CoachFailureCode,
    message: string,
  ) {
    super(message);
    this.name = 'CoachFailure';
  }
}
