// SPDX-License-Identifier: Apache-2.0
// Where the results of a test lie in a drawing, with the band around the first that is no change. Pure.
import type { ScorePoint } from 'reprise-engine';

export interface Box {
  width: number;
  height: number;
  edge: number;
}

export interface ScoreDrawing {
  points: { x: number; y: number }[];
  /** From top to bottom; absent where it is not known how much the test varies. */
  band?: { top: number; bottom: number };
}

/** The scale holds the whole band, so that a difference within it never looks large. */
export function drawingOf(
  points: readonly ScorePoint[],
  least: number | undefined,
  { width, height, edge }: Box,
): ScoreDrawing {
  const first = points[0]?.value ?? 0;
  const all = points.map(({ value }) => value);
  const limits = least === undefined ? all : [...all, first - least, first + least];
  const [low, high] = [Math.min(...limits), Math.max(...limits)];
  const times = points.map(({ at }) => Date.parse(at));
  const [begin, end] = [Math.min(...times), Math.max(...times)];
  const share = (value: number, from: number, to: number) => (to > from ? (value - from) / (to - from) : 0.5);
  const x = (time: number) => edge + share(time, begin, end) * (width - 2 * edge);
  const y = (value: number) => height - edge - share(value, low, high) * (height - 2 * edge);
  return {
    points: points.map(({ value }, i) => ({ x: x(times[i] ?? 0), y: y(value) })),
    ...(least !== undefined && { band: { top: y(first + least), bottom: y(first - least) } }),
  };
}
