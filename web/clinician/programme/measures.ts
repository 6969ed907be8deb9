// SPDX-License-Identifier: Apache-2.0
import type { Muscle } from 'reprise-engine';

/** Measures that are no angles (docs/reference/frames-and-units.md). */
const RATIOS: ReadonlySet<string> = new Set([
  'foot_lift',
  'heel_lift',
  'hip_height',
  'hip_shift',
  'knee_separation',
  'muscle_activity',
  'stance_width',
  'step_length',
]);

export const isAngle = (measure: string) => !RATIOS.has(measure);

/** For which a limit makes sense: exercises count them. */
export const LIMITABLE = [
  'ankle_dorsiflexion',
  'elbow_flexion',
  'hip_abduction',
  'hip_flexion',
  'knee_flexion',
  'neck_flexion',
  'neck_lateral_flexion',
  'neck_rotation',
  'shoulder_abduction',
  'shoulder_elevation',
  'shoulder_external_rotation',
  'shoulder_flexion',
  'trunk_flexion',
  'trunk_inclination',
  'trunk_rotation',
  'wrist_flexion',
] as const;

/** Those that a target can be set for (care/plan/muscle_target.h). */
export const MUSCLES = [
  'vastus-medialis',
  'rectus-femoris',
  'hamstrings',
  'gluteus-maximus',
  'gluteus-medius',
  'tibialis-anterior',
  'gastrocnemius',
  'biceps',
  'triceps',
  'deltoid',
  'upper-trapezius',
  'forearm-extensors',
] as const satisfies readonly Muscle[];
