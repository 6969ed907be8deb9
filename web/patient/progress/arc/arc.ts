// SPDX-License-Identifier: Apache-2.0
// A joint's angle as an arc: whether there is one, and where its ends are drawn. Pure.
import type { Range } from '../../../fhir/results.ts';
import { shownDifference } from '../../../fhir/amount.ts';
import type { Point } from '../history.ts';

/** Angles of one joint whose zero is the limb in line, or at rest beside the body. */
const JOINT_ANGLES = new Set([
  'ankle_dorsiflexion',
  'elbow_flexion',
  'hip_abduction',
  'hip_flexion',
  'knee_flexion',
  'shoulder_abduction',
  'shoulder_elevation',
  'shoulder_flexion',
  'wrist_flexion',
]);
/** The drawing has no room below. */
const LEAST = -40;
const MOST = 180;

export interface Arc {
  /** Degrees, of the first day; absent where the difference may be none. */
  start?: number;
  now: number;
  uncertainty: number;
}

const mayBeDrawn = (value: number) => value >= LEAST && value <= MOST;

/** Nothing where a limit is set, or where the measure is no angle of a joint. */
export function arcOf(range: Range, measure: string | undefined, points: readonly Point[]): Arc | undefined {
  const [first, last] = [points[0], points.at(-1)];
  const { best, unit, uncertainty } = range;
  if (!best || unit !== 'degree' || !measure || !JOINT_ANGLES.has(measure) || !first || !last) return undefined;
  if (!mayBeDrawn(first.value) || !mayBeDrawn(last.value) || !(uncertainty >= 0)) return undefined;
  const differs = points.length > 1 && Math.abs(shownDifference(first.value, last.value, 'deg')) > uncertainty;
  return { now: last.value, uncertainty, ...(differs && { start: first.value }) };
}

/** A place on the drawing: zero points to the right, a larger angle turns upwards. */
export function placeAt(degrees: number, radius: number, center: readonly [number, number]): [number, number] {
  const turn = (degrees * Math.PI) / 180;
  return [center[0] + radius * Math.cos(turn), center[1] - radius * Math.sin(turn)];
}

/** The slice between two angles, as a path of SVG. */
export function sliceOf(from: number, to: number, radius: number, center: readonly [number, number]): string {
  const ends = [from, to].map((angle) =>
    placeAt(angle, radius, center)
      .map((one) => one.toFixed(1))
      .join(' '),
  );
  const large = Math.abs(to - from) > 180 ? 1 : 0;
  return `M${center.join(' ')}L${ends[0]}A${radius} ${radius} 0 ${large} ${to > from ? 0 : 1} ${ends[1]}Z`;
}

/** Whether the page may say what an angle of the knee is good for: only bending, and never beside a limit. */
export const hasEverydayUse = ({ best, rising }: Range, measure: string | undefined) =>
  best && rising && measure === 'knee_flexion';
