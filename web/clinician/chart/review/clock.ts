// SPDX-License-Identifier: Apache-2.0
// The time that a replay shows. Who listens draws; nothing of a page is made anew for it.

export const SPEEDS = [0.1, 0.25, 0.5, 1] as const;
export type Speed = (typeof SPEEDS)[number];

/** What a tab in the background missed is not made up for. */
const LONGEST_STEP_S = 0.25;

export class Clock {
  time = 0;
  speed: Speed = 1;
  playing = false;
  #last: number | undefined;
  #frame = 0;
  #listeners = new Set<() => void>();

  constructor(readonly duration: number) {}

  on(listener: () => void) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  seek(time: number) {
    this.time = Math.max(0, Math.min(this.duration, time));
    this.#tell();
  }

  #go = (now: number) => {
    if (!this.playing) return;
    const step = this.#last === undefined ? 0 : Math.min(LONGEST_STEP_S, (now - this.#last) / 1000);
    this.#last = now;
    const time = this.time + step * this.speed;
    if (time >= this.duration) this.playing = false;
    this.seek(time);
    if (this.playing) this.#frame = requestAnimationFrame(this.#go);
  };

  play() {
    if (this.playing || this.duration <= 0) return;
    if (this.time >= this.duration) this.time = 0;
    this.playing = true;
    this.#last = undefined;
    this.#frame = requestAnimationFrame(this.#go);
    this.#tell();
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
    this.#tell();
  }
}
