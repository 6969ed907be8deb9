// SPDX-License-Identifier: Apache-2.0
// How two photos of one view are laid over each other: level, feet on feet, and as large from the ankles to the
// shoulders. Pure.
import type { PostureView } from 'reprise-engine';
import { isSide } from '../points.ts';

/** Of a kept photo, in pixels of the measured one. */
export interface Aligned {
  view: PostureView;
  points: ReadonlyMap<string, { x: number; y: number }>;
  /** Of the camera, clockwise; null: not known, and nothing is turned. */
  roll_deg: number | null;
  mirrored: boolean;
}

interface Place {
  x: number;
  y: number;
}

/** As SVG's matrix(a b c d e f): x' = a x + c y + e, y' = b x + d y + f. */
export interface Matrix {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

const middle = (places: readonly Place[]): Place | undefined =>
  places.length === 0
    ? undefined
    : {
        x: places.reduce((sum, { x }) => sum + x, 0) / places.length,
        y: places.reduce((sum, { y }) => sum + y, 0) / places.length,
      };

function middleOf({ view, points }: Aligned, part: string): Place | undefined {
  const sides = isSide(view) ? [view === 'left_side' ? 'left' : 'right'] : ['left', 'right'];
  const placed = sides.flatMap((side) => points.get(`${side}_${part}`) ?? []);
  return placed.length === sides.length ? middle(placed) : undefined;
}

export const apply = ({ a, b, c, d, e, f }: Matrix, { x, y }: Place): Place => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});

/**
 * From pixels of the measured photo to the common picture: the middle of the ankles is (0, 0), the shoulders are 1 away
 * from it, y goes down, and the camera's roll and a mirror image are undone. The body itself is never turned, so that a
 * lean stays one. Undefined: an ankle or a shoulder is missing.
 */
export function alignmentOf(photo: Aligned): Matrix | undefined {
  const feet = middleOf(photo, 'ankle');
  const shoulders = middleOf(photo, 'shoulder');
  if (!feet || !shoulders) return undefined;
  const length = Math.hypot(shoulders.x - feet.x, shoulders.y - feet.y);
  if (length <= 0) return undefined;
  // A camera turned clockwise sees the world turned counter-clockwise: it is turned back.
  const flip = photo.mirrored ? -1 : 1;
  const roll = ((photo.roll_deg ?? 0) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(roll) / length, Math.sin(roll) / length];
  const linear = { a: flip * cos, b: flip * sin, c: -sin, d: cos, e: 0, f: 0 };
  const origin = apply(linear, feet);
  return { ...linear, e: -origin.x, f: -origin.y };
}

/** The same from pixels of the kept photo, which has `scale` pixels for one of the measured photo. */
export const fromKept = ({ a, b, c, d, e, f }: Matrix, scale: number): Matrix => ({
  a: a / scale,
  b: b / scale,
  c: c / scale,
  d: d / scale,
  e,
  f,
});

export const matrixText = ({ a, b, c, d, e, f }: Matrix) => `matrix(${[a, b, c, d, e, f].join(' ')})`;
