// Types of reprise.mjs. Names and units are those of session.json (docs/session-document.md): `_s` seconds, `_m` metres,
// `_px` pixels, `_deg` degrees. "left" and "right" are the person's. Whatever fails throws a RepriseError.

/** A failure in plain words, without anything about the person. */
export declare class RepriseError extends Error {
  /** Stable, for programs. */
  readonly code: 'invalid_argument' | 'not_found' | 'unreadable' | 'unsupported' | 'corrupt' | 'nothing_measured' | 'internal';
  /** Which step failed. */
  readonly stage: string;
  /** What was found, with its limit. */
  readonly found: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Everything that is wrong with an exercise's file; empty for other failures. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  /** JSON pointer, such as "/range/target"; empty: the whole file. */
  readonly path: string;
  readonly found: string;
  readonly limit: string;
  readonly remedy: string;
  /** All of it as one sentence. */
  readonly text: string;
}

export interface LoadOptions {
  /** The bytes of reprise_engine.wasm. Without them they are fetched from beside reprise.mjs (browsers only). */
  wasm?: ArrayBuffer | Uint8Array;
}

/** Loads the engine; once a page is enough. The page's policy needs `script-src 'self' 'wasm-unsafe-eval'`. */
export declare function loadReprise(options?: LoadOptions): Promise<Reprise>;

export interface Reprise {
  /** As in every session document. */
  readonly version: string;
  /**
   * Reads one exercise of the catalogue. `json`: the text of its file (docs/catalogue.md), checked as by
   * `reprise exercises check`, but that its movement is not shown to the coach and the exercises that it links to need not
   * be there. `fileName`: for messages; without it the exercise's own id.
   */
  exercise(json: string, fileName?: string): Exercise;
}

export interface Exercise {
  readonly id: string;
  /** What the file says, for the words that a person sees. */
  readonly file: Record<string, unknown>;
  /** Starts a set. */
  coach(options?: CoachOptions): Coach;
  /**
   * The figure at a share of one repetition, 0 to 1, right side working: x, y, z of each of the 33 landmarks in metres; x
   * as the person faces, y up from the floor, z to the person's right.
   */
  figure(share: number, options?: FigureOptions): Float64Array;
  /** A simulated person who does the exercise, frame by frame. */
  simulate(options?: SimulateOptions): Frame[];
  /** Frees its memory at once instead of some time after its last use. It must not be used afterwards. */
  release(): void;
}

export interface CoachOptions {
  /** Prescribed side, for exercises that have one; without it either or both. */
  side?: 'left' | 'right';
  /** Largest allowed value of the exercise's main measure: degrees, or the ratio. The file's own applies as well. */
  ceiling?: number;
}

export interface FigureOptions {
  /** The left side works. */
  mirror?: boolean;
  /** Default 1.7. */
  stature_m?: number;
}

export interface SimulateOptions extends FigureOptions {
  /** Default 5. */
  repetitions?: number;
  /** Where the camera stands: 0 in front, 90 on the person's left. */
  azimuth_deg?: number;
  /** Default 30. */
  frame_rate_hz?: number;
  /** Standard deviation on each axis of each landmark; default 0. */
  noise_m?: number;
  /** Of the noise; equal seeds give equal frames. */
  seed?: number;
  /** A form rule or gate of the file that every repetition breaks. */
  fault?: string;
}

type Numbers = Float64Array | Float32Array | readonly number[];

/**
 * One frame. Landmarks stand in BlazePose's order, one after the other. A frame without `world_m`, or with a number that is
 * not finite, is one in which nobody was seen.
 */
export interface Frame {
  /** Seconds since any start, by the camera's clock; must rise. */
  time_s: number;
  /** 33 times x, y, z: metres, x to the right of the picture, y down, z away from the camera, origin mid-hips. */
  world_m?: Numbers | null;
  /** 33 numbers, 0 (hidden) to 1 (in plain sight); needed with `world_m`. */
  visibility?: Numbers | null;
  /** 33 times x, y, z in pixels from the picture's top left corner; z as MediaPipe's. */
  image_px?: Numbers | null;
  /** Set by `simulate`. One such frame makes the whole set a simulated one, in every file made of it. */
  simulated?: boolean;
}

/** What the coach says: `events` in docs/session-document.md. */
export interface CoachEvent {
  time_s: number;
  kind: 'repetition' | 'partial' | 'open' | 'other_movement' | 'hold_started' | 'hold_second' | 'hold_ended' | 'cue' |
      'ceiling' | 'not_seen' | 'seen_again' | 'other_view';
  count: number;
  side: 'left' | 'right' | null;
  detail: string | null;
}

export interface Coach {
  /** Shows a frame. What the coach has to say about it, usually nothing. A frame whose time does not rise is ignored. */
  step(frame: Frame): readonly CoachEvent[];
  /** Ends the set. */
  finish(): readonly CoachEvent[];
  /** Complete repetitions or holds until now. */
  readonly count: number;
  /** Both passes over the set as the text of session.json; usually after `finish`. */
  session(options?: SessionOptions): string;
  /** As Exercise.release. */
  release(): void;
}

export interface SessionOptions {
  /** Default "video". */
  kind?: 'video' | 'landmarks' | 'simulated';
  /** A name for the recording that says nothing about the person; default "camera". */
  name?: string;
  /** Of the words in the document; default "en". */
  language?: string;
  /** Of the camera's picture. */
  width_px?: number;
  height_px?: number;
  /** Times that the person was lost and found again. */
  reacquired?: number;
  /** Most people that one look at the whole picture saw. */
  most_people?: number;
  /** The networks that took part. */
  models?: readonly {name: string; sha256: string}[];
}
