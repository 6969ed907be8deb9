// SPDX-License-Identifier: Apache-2.0
// The time of a demonstration: repetition after repetition, at full or half speed, still while paused.

/** A short stop before it begins again, seconds. */
const STOP_S = 0.8;
export const SLOW = 0.5;

export interface Place {
  /** Of a repetition, 0 to 1. */
  share: number;
  /** Counted from 0. */
  repetition: number;
}

export class Playback {
  readonly #repetition_s: number;
  #time_s: number;
  #before: number | undefined;
  speed = 1;

  /** `at`: share of a repetition that it starts from. */
  constructor(repetition_s: number, at = 0) {
    this.#repetition_s = Math.max(0.2, repetition_s);
    this.#time_s = at * this.#repetition_s;
  }

  /** `now_ms`: of any clock. */
  step(now_ms: number) {
    // A page that was hidden goes on where it was.
    if (this.#before !== undefined)
      this.#time_s += Math.min(0.25, Math.max(0, (now_ms - this.#before) / 1000)) * this.speed;
    this.#before = now_ms;
  }

  pause() {
    this.#before = undefined;
  }

  restart() {
    this.#time_s = 0;
  }

  get place(): Place {
    const each = this.#repetition_s + STOP_S;
    const within = this.#time_s % each;
    return { share: Math.min(1, within / this.#repetition_s), repetition: Math.floor(this.#time_s / each) };
  }
}
