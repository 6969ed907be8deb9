// SPDX-License-Identifier: Apache-2.0
// The points of a posture on the page: which a view has, how they are moved and placed, and the lines through them.
// Pure.
import type { PosturePoint, PosturePointName, PostureView } from 'reprise-engine';

export const VIEWS = ['back', 'front', 'left_side', 'right_side'] as const satisfies readonly PostureView[];
export const isSide = (view: PostureView) => view === 'left_side' || view === 'right_side';

const FRONTAL = ['ear', 'shoulder', 'axilla', 'waist', 'hip', 'knee', 'ankle', 'heel'] as const;
const SIDE = ['eye', 'ear', 'shoulder', 'asis', 'psis', 'hip', 'knee', 'ankle', 'heel'] as const;
type Pair = (typeof FRONTAL)[number] | (typeof SIDE)[number];
const both = (names: readonly Pair[]): PosturePointName[] =>
  names.flatMap((name) => [`left_${name}`, `right_${name}`] as const);

/** All points of a view, from head to foot (engine/posture/posture_points.cpp). */
export function pointsOf(view: PostureView): PosturePointName[] {
  if (view === 'front') return [...both(['eye']), 'jugular_notch', ...both(FRONTAL), 'navel', ...both(['asis'])];
  if (view === 'back') return ['c7', ...both(FRONTAL), ...both(['psis']), 'natal_cleft'];
  const near = view === 'left_side' ? 'left' : 'right';
  return ['c7', ...SIDE.map((name) => `${near}_${name}` as const)];
}

/** A point on the page. `pending`: put into the picture, but not yet where it belongs; it is not measured. */
export interface PagePoint extends PosturePoint {
  pending?: boolean;
}

export interface Size {
  width_px: number;
  height_px: number;
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

/** Where a person put the point: an automatic one keeps the place where the networks saw it. */
export function movedTo(point: PagePoint, x_px: number, y_px: number, size: Size): PagePoint {
  const { pending: _, ...rest } = point;
  const at = { x_px: clamp(x_px, size.width_px), y_px: clamp(y_px, size.height_px) };
  if (point.origin !== 'automatic') return { ...rest, ...at };
  return { ...rest, ...at, origin: 'moved', automatic_x_px: point.x_px, automatic_y_px: point.y_px };
}

/** Back where the networks saw it; undefined: it was never there. */
export function automaticAgain(point: PagePoint): PagePoint | undefined {
  const { automatic_x_px: x_px, automatic_y_px: y_px } = point;
  if (x_px === undefined || y_px === undefined) return undefined;
  return { point: point.point, x_px, y_px, origin: 'automatic' };
}

/** As the engine takes it. */
export const settled = (points: readonly PagePoint[]): PosturePoint[] =>
  points.filter(({ pending }) => !pending).map(({ pending: _, ...point }) => point);

export interface Line {
  kind: 'plumb' | 'level' | 'body' | 'mark';
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

const LEVELS = ['ear', 'shoulder', 'asis', 'psis'] as const;
const LEGS = ['left', 'right'] as const;

/** The plumb line, the levels and the legs, in pixels of the picture; `roll_deg`: of the camera, clockwise. */
export function linesOf(
  view: PostureView,
  points: readonly PosturePoint[],
  roll_deg: number,
  mirrored: boolean,
): Line[] {
  const at = (name: PosturePointName) => points.find(({ point }) => point === name);
  const lines: Line[] = [];
  const between = (kind: Line['kind'], a: PosturePoint | undefined, b: PosturePoint | undefined) => {
    if (a && b) lines.push({ kind, x1: a.x_px, y1: a.y_px, x2: b.x_px, y2: b.y_px });
  };
  const near = view === 'left_side' ? 'left' : 'right';
  const [left, right] = [at('left_heel'), at('right_heel')];
  const ankle = at(`${near}_ankle`);
  const base = isSide(view)
    ? ankle && { x: ankle.x_px, y: ankle.y_px }
    : left && right && { x: (left.x_px + right.x_px) / 2, y: (left.y_px + right.y_px) / 2 };
  if (base) {
    // Upwards in the picture: the camera's turn, the other way round.
    const roll = ((mirrored ? -1 : 1) * roll_deg * Math.PI) / 180;
    const top = base.y / Math.cos(roll);
    lines.push({ kind: 'plumb', x1: base.x, y1: base.y, x2: base.x - top * Math.sin(roll), y2: 0 });
  }
  for (const side of isSide(view) ? ([near] as const) : LEGS) {
    between('body', at(`${side}_hip`), at(`${side}_knee`));
    between('body', at(`${side}_knee`), at(`${side}_ankle`));
  }
  if (isSide(view)) {
    between('body', at(`${near}_shoulder`), at(`${near}_hip`));
    between('level', at('c7'), at(`${near}_ear`));
  } else {
    for (const name of LEVELS) between('level', at(`left_${name}`), at(`right_${name}`));
  }
  return lines;
}
