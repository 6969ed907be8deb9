// SPDX-License-Identifier: Apache-2.0
// The time of two movements that are played beside each other: both begin together, and wait for the longer one. Pure.
import type { DrawnBody, Replay } from 'reprise-engine';

/** A short stop before both begin again, seconds. */
const STOP_S = 0.8;
const POINTS = 33 * 3;
const AXES = 15 * 9;

/** Of a figure at this time; the last one after the end. */
export function indexAt({ times_s }: Pick<Replay, 'times_s'>, time_s: number): number {
  let [low, high] = [0, times_s.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((times_s[middle] ?? 0) <= time_s) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function figureOf(replay: Replay, index: number, support: DrawnBody['support']): DrawnBody {
  return {
    landmarks_m: replay.landmarks_m.subarray(POINTS * index, POINTS * (index + 1)),
    segments: replay.segments.subarray(AXES * index, AXES * (index + 1)),
    support,
  };
}

const lengthOf = ({ times_s }: Replay) => times_s.at(-1) ?? 0;

export const roundOf = (replays: readonly Replay[]) => Math.max(0.5, ...replays.map(lengthOf)) + STOP_S;

/** Of the figure that is farthest from the first one: shown where nothing moves. */
export function farthestIndex({ times_s, landmarks_m }: Replay): number {
  let [most, at] = [-1, 0];
  for (let i = 0; i < times_s.length; i++) {
    let sum = 0;
    for (let p = 0; p < POINTS; p++) sum += ((landmarks_m[POINTS * i + p] ?? 0) - (landmarks_m[p] ?? 0)) ** 2;
    if (sum > most) [most, at] = [sum, i];
  }
  return at;
}
