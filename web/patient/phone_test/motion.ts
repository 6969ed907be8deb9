// SPDX-License-Identifier: Apache-2.0
// The samples of a phone's motion sensors during a test, their gaps and rate, and the end by stillness. Pure.

/** Acceleration with gravity in m/s2 (x, y, z) and rotation rate in rad/s (x, y, z), both of the phone. */
export type Motion = readonly [number, number, number, number, number, number];

/** A longer pause between two samples voids the test: a step may have been in it. Unsourced default. */
export const LONGEST_GAP_S = 0.5;
/** Fewer samples a second are not measured (SAFETY.md 8). */
export const LEAST_RATE_HZ = 20;

const CHANNELS = 6;
const FIRST_ROOM = 1024;

function grown(before: Float64Array, room: number) {
  const next = new Float64Array(room);
  next.set(before);
  return next;
}

/** What a test has recorded. Its memory doubles, so that no sample costs more than a copy of itself. */
export class Recording {
  #times = new Float64Array(FIRST_ROOM);
  #motion = new Float64Array(FIRST_ROOM * CHANNELS);
  #count = 0;
  #gap_s = 0;

  /** `time_s`: of the sample; one that is not later than the last is left out. */
  add(time_s: number, motion: Motion) {
    const last = this.last_s;
    if (last !== undefined && time_s <= last) return;
    if (this.#count === this.#times.length) {
      this.#times = grown(this.#times, this.#count * 2);
      this.#motion = grown(this.#motion, this.#count * 2 * CHANNELS);
    }
    if (last !== undefined) this.#gap_s = Math.max(this.#gap_s, time_s - last);
    this.#times[this.#count] = time_s;
    this.#motion.set(motion, this.#count * CHANNELS);
    this.#count += 1;
  }

  get count() {
    return this.#count;
  }

  get last_s(): number | undefined {
    return this.#count === 0 ? undefined : this.#times[this.#count - 1];
  }

  /** The longest pause between two samples. */
  get gap_s() {
    return this.#gap_s;
  }

  /** Mean samples a second; 0 of less than two. */
  get rate_hz() {
    const [first, last] = [this.#times[0] ?? 0, this.last_s ?? 0];
    return this.#count < 2 ? 0 : (this.#count - 1) / (last - first);
  }

  /** As the engine takes them: copies, with the times from `start_s` on. */
  samples(start_s: number): { times: Float64Array; motion: Float64Array } {
    return {
      times: this.#times.slice(0, this.#count).map((time_s) => time_s - start_s),
      motion: this.#motion.slice(0, this.#count * CHANNELS),
    };
  }
}

/** The rate over the last seconds. */
export class RateMeter {
  #times: number[] = [];

  constructor(readonly window_s = 2) {}

  add(time_s: number) {
    this.#times.push(time_s);
    while ((this.#times[0] ?? time_s) < time_s - this.window_s) this.#times.shift();
  }

  /** 0 until it has been measured for half the window, and where the last sample is as old. */
  rate_hz(now_s: number): number {
    const [first, last] = [this.#times[0], this.#times.at(-1)];
    if (first === undefined || last === undefined || now_s - last > LONGEST_GAP_S) return 0;
    return last - first < this.window_s / 2 ? 0 : (this.#times.length - 1) / (last - first);
  }
}

/** Seconds of stillness that end a test. */
const STILL_S = 3;
/** The movement's spread (m/s2) below which a person sits or stands still, and above which one moves. Unsourced. */
const STILL_MPS2 = 0.25;
const MOVES_MPS2 = 0.6;
/** The patient must have moved for so long. Unsourced default. */
const MOVED_S = 3;

/** Recognizes that a person has moved and is still again, by the spread of the acceleration's size. */
export class StillnessWatch {
  #window: { time_s: number; size: number }[] = [];
  #sum = 0;
  #squares = 0;
  #moved_s = 0;
  #last_s: number | undefined;

  /** Returns whether the test has ended. */
  step(time_s: number, [x, y, z]: Motion): boolean {
    const size = Math.hypot(x, y, z);
    this.#window.push({ time_s, size });
    this.#sum += size;
    this.#squares += size * size;
    let [first] = this.#window;
    let whole = false;
    while (first && first.time_s < time_s - STILL_S) {
      this.#window.shift();
      this.#sum -= first.size;
      this.#squares -= first.size * first.size;
      [first] = this.#window;
      whole = true;
    }
    const count = this.#window.length;
    const mean = this.#sum / count;
    const spread = Math.sqrt(Math.max(0, this.#squares / count - mean * mean));
    if (spread > MOVES_MPS2 && this.#last_s !== undefined) this.#moved_s += time_s - this.#last_s;
    this.#last_s = time_s;
    return whole && this.#moved_s >= MOVED_S && spread < STILL_MPS2;
  }
}
