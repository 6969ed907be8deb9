// What goes between the page and the coach's worker. Each request is answered once, in order.

import type { CoachOptions } from 'reprise-engine';
import type { CoachFailureCode, FinishOptions, Finished, Look, Model } from './types.ts';

export type Work =
  | { do: 'open'; model: Model | 'auto'; simulated: boolean }
  | { do: 'prepare'; exercise: string; side?: 'left' | 'right' }
  | { do: 'begin'; exercise: string; options: CoachOptions }
  | { do: 'show'; picture: VideoFrame | ImageBitmap; time_s: number; sent_ms: number }
  | { do: 'finish'; options: FinishOptions };
export type Request = Work & { id: number };

export type Value = Look | Finished | undefined;
export type Answer =
  | { id: number; model: Model; value: Value }
  | { id: number; failure: { code: CoachFailureCode; message: string } }
  | { progress: number; what: 'runtime' | 'models' };

/** Milliseconds on a clock that the page and its worker share. */
export const sharedNow = () => performance.timeOrigin + performance.now();
