// SPDX-License-Identifier: Apache-2.0
// Two marks in a photo whose distance is known: its scale, instead of the person's height. Pure.
import type { PosturePicture, PosturePointName } from 'reprise-engine';
import type { Line, PagePoint, Size } from './points.ts';

export type MarkName = 'mark_from' | 'mark_to';
export interface Mark {
  point: MarkName;
  x_px: number;
  y_px: number;
  origin: 'mark';
  /** In the picture, but not yet where it belongs. */
  pending?: boolean;
}

/** What can be taken hold of in a photo. */
export type Handle = PagePoint | Mark;
export type HandleName = PosturePointName | MarkName;

/** The engine takes no less (engine/posture/posture_checks.cpp). */
const CLOSEST_PX = 10;
export const SHORTEST_MARKS_CM = 5;
export const LONGEST_MARKS_CM = 300;

/** Both beside the person, one above the other. */
export const newMarks = ({ width_px, height_px }: Size): Mark[] => [
  { point: 'mark_from', x_px: width_px * 0.15, y_px: height_px * 0.3, origin: 'mark', pending: true },
  { point: 'mark_to', x_px: width_px * 0.15, y_px: height_px * 0.7, origin: 'mark', pending: true },
];

export function markMovedTo(mark: Mark, x_px: number, y_px: number, { width_px, height_px }: Size): Mark {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
  return { point: mark.point, x_px: within(x_px, width_px), y_px: within(y_px, height_px), origin: 'mark' };
}

const settledMarks = (marks: readonly Mark[]): [Mark, Mark] | undefined => {
  const [from, to] = marks;
  return from && to && !from.pending && !to.pending ? [from, to] : undefined;
};

/** The missing part of a scale. */
export function marksProblem(marks: readonly Mark[], length_cm: number | undefined) {
  const both = settledMarks(marks);
  if (!both) return 'place' as const;
  const [from, to] = both;
  if (Math.hypot(to.x_px - from.x_px, to.y_px - from.y_px) < CLOSEST_PX) return 'close' as const;
  return length_cm === undefined ? ('length' as const) : undefined;
}

/** As the engine takes it; null: no scale yet. */
export function marksOf(marks: readonly Mark[], length_cm: number | undefined): PosturePicture['marks'] {
  const both = settledMarks(marks);
  if (!both || length_cm === undefined || marksProblem(marks, length_cm)) return null;
  const [from, to] = both;
  return { from_x_px: from.x_px, from_y_px: from.y_px, to_x_px: to.x_px, to_y_px: to.y_px, length_cm };
}

export function lineOfMarks([from, to]: readonly Mark[]): Line[] {
  return from && to ? [{ kind: 'mark', x1: from.x_px, y1: from.y_px, x2: to.x_px, y2: to.y_px }] : [];
}
