// SPDX-License-Identifier: Apache-2.0
// Which landmark network this device keeps up with. Begins with lite; where that leaves room, full is tried beside it
// on the same pictures, and taken where it would keep 24 pictures a second with room to spare.

import type { Stages } from './types.ts';

const PICTURE_MS = 1000 / 24;
/** Of a picture's time; the rest is for whatever else the device does. Unsourced default. */
const SHARE = 0.7;
/**
 * Full takes about twice as long as lite (docs/reference/performance.md): a smaller share of the time is not worth its
 * download.
 */
const FULL_IN_LITES = 1.8;
const PICTURES = 45;
const WARM_UP = 10;
const TRIALS = 15;

export type Advice = 'wait' | 'try-full' | 'take-full' | 'stay';

const ninetieth = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? 0;

export class ModelChoice {
  private readonly lite: number[] = [];
  private readonly rest: number[] = [];
  private readonly full: number[] = [];
  private pictures = 0;

  /** Notes what a picture with lite took; a picture without landmarks says nothing. */
  note({ picture_ms, landmarks_ms, coach_ms }: Stages): Advice {
    // The first ones are slow: programs are still being compiled.
    if (landmarks_ms === 0 || (this.pictures += 1) <= WARM_UP) return 'wait';
    this.lite.push(landmarks_ms);
    this.rest.push(picture_ms + coach_ms);
    if (this.lite.length < PICTURES) return 'wait';
    return FULL_IN_LITES * ninetieth(this.lite) + ninetieth(this.rest) <= SHARE * PICTURE_MS ? 'try-full' : 'stay';
  }

  /** Notes what full took beside lite. */
  noteFull(landmarks_ms: number): Advice {
    this.full.push(landmarks_ms);
    if (this.full.length < WARM_UP + TRIALS) return 'wait';
    return ninetieth(this.full.slice(WARM_UP)) + ninetieth(this.rest) <= SHARE * PICTURE_MS ? 'take-full' : 'stay';
  }
}
