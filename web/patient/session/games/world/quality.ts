// SPDX-License-Identifier: Apache-2.0
// How much a device draws. Pure: frame times in, a level out. All numbers are unsourced defaults.

export interface Quality {
  /** Pictures of the world a second, at most. */
  rate_hz: number;
  /** Of the screen's own pixels. */
  pixels: number;
  particles: number;
  /** Trees, reeds and clouds, as a share of all of them. */
  scenery: number;
  shadows: boolean;
}

const LEVELS: readonly [Quality, ...Quality[]] = [
  { rate_hz: 60, pixels: 2, particles: 140, scenery: 1, shadows: true },
  { rate_hz: 30, pixels: 1.25, particles: 60, scenery: 0.7, shadows: false },
  { rate_hz: 15, pixels: 0.75, particles: 20, scenery: 0.4, shadows: false },
];

/** Slower than this, and it draws less. */
const SLOW_MS = 45;
/** Frames that are looked at; a single slow one changes nothing. */
const LOOK = 20;

export class Governor {
  #level: number;
  #times: number[] = [];

  /** `weak`: no graphics card. */
  constructor(weak: boolean) {
    this.#level = weak ? LEVELS.length - 1 : 0;
  }

  get now(): Quality {
    return LEVELS[this.#level] ?? LEVELS[0];
  }

  /** Notes how long a picture took to draw; returns whether less is drawn from now on. It never goes up again. */
  took(ms: number): boolean {
    this.#times.push(ms);
    if (this.#times.length < LOOK) return false;
    const middle = [...this.#times].sort((a, b) => a - b)[LOOK / 2] ?? 0;
    this.#times = [];
    if (middle < SLOW_MS || this.#level >= LEVELS.length - 1) return false;
    this.#level += 1;
    return true;
  }
}
