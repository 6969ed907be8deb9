// SPDX-License-Identifier: Apache-2.0
// Where the head is in a photo, so that a solid block can cover it. Pure.
import type { PosturePoint } from 'reprise-engine';
import type { Size } from '../points.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

type Point = Pick<PosturePoint, 'point' | 'x_px' | 'y_px'>;

/**
 * Distances from the points of the head, as shares of the distance between head and ankles: to the crown, to below the
 * chin, and sideways to beyond the nose or the other ear. Generous, unsourced defaults; a person sees the result first.
 * Where shoulders and feet tell different sizes the larger counts: a child's head is large for its height.
 */
const ABOVE = 0.12;
const BELOW = 0.1;
const ASIDE = 0.1;
/** Shoulders of adults are about so far below the ears, as a share of the same distance. */
const SHOULDERS_BELOW = 0.13;

const all = (points: readonly Point[], ends: readonly string[]) =>
  points.filter(({ point }) => ends.some((end) => point.endsWith(end)));
const mean = (points: readonly Point[]) => points.reduce((sum, { y_px }) => sum + y_px, 0) / points.length;

/** The block over the head, within the picture; undefined: no eye or ear, or nothing tells how large the head is. */
export function headBox(points: readonly Point[], size: Size): Box | undefined {
  const head = all(points, ['_eye', '_ear']);
  if (head.length === 0) return undefined;
  const middle = mean(head);
  const feet = all(points, ['_ankle', '_heel']);
  const shoulders = all(points, ['_shoulder']);
  const stature = Math.max(
    feet.length > 0 ? mean(feet) - middle : 0,
    shoulders.length > 0 ? (mean(shoulders) - middle) / SHOULDERS_BELOW : 0,
  );
  if (stature <= 0) return undefined;
  const xs = head.map(({ x_px }) => x_px);
  const ys = head.map(({ y_px }) => y_px);
  const left = Math.max(0, Math.floor(Math.min(...xs) - ASIDE * stature));
  const top = Math.max(0, Math.floor(Math.min(...ys) - ABOVE * stature));
  const right = Math.min(size.width_px, Math.ceil(Math.max(...xs) + ASIDE * stature));
  const bottom = Math.min(size.height_px, Math.ceil(Math.max(...ys) + BELOW * stature));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}
