// SPDX-License-Identifier: Apache-2.0
// The names of a posture's measures and their parts that have a text of their own. Pure.
import type { PostureMeasureName } from 'reprise-engine';

const MEASURES = [
  'craniovertebral_angle',
  'head_tilt',
  'shoulder_level',
  'pelvic_level',
  'trunk_inclination',
  'trunk_tilt',
  'trunk_shift',
  'plumb_offset',
  'knee_alignment',
  'trunk_asymmetry',
] as const satisfies readonly PostureMeasureName[];
const PARTS = [
  'ear',
  'shoulder',
  'hip',
  'knee',
  'axilla',
  'waist',
  'c7',
  'navel',
  'jugular_notch',
  'natal_cleft',
] as const;
const WARNINGS = [
  'camera_level_unknown',
  'cut_off',
  'legs_not_straight',
  'points_not_checked',
  'turned_from_view',
] as const;

const among =
  <T extends string>(known: readonly T[]) =>
  (text: string): T | undefined =>
    known.find((one) => one === text);

export const measureIn = among(MEASURES);
export const partIn = among(PARTS);
export const warningIn = among(WARNINGS);

/** A part as the side shows it: one of two. */
export function oneOf(
  part: (typeof PARTS)[number],
): `posture.part.${(typeof PARTS)[number] | 'one.ear' | 'one.hip' | 'one.knee' | 'one.shoulder'}` {
  const isOne = part === 'ear' || part === 'hip' || part === 'knee' || part === 'shoulder';
  return isOne ? `posture.part.one.${part}` : `posture.part.${part}`;
}

type SignKey = `posture.sign.${
  | 'head_tilt'
  | 'shoulder_level'
  | 'pelvic_level'
  | 'trunk_tilt'
  | 'trunk_shift'
  | 'plumb_offset'
  | 'plumb_offset.side'
  | 'knee_alignment'
  | 'trunk_asymmetry'
  | 'craniovertebral_angle.side'
  | 'trunk_inclination.side'}`;

/** What the sign of a measure means; of an offset it depends on the view. */
export function signOf(measure: PostureMeasureName, fromSide: boolean): SignKey {
  if (measure === 'craniovertebral_angle') return 'posture.sign.craniovertebral_angle.side';
  if (measure === 'trunk_inclination') return 'posture.sign.trunk_inclination.side';
  if (measure === 'plumb_offset' && fromSide) return 'posture.sign.plumb_offset.side';
  return `posture.sign.${measure}`;
}
