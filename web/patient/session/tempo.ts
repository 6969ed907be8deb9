// SPDX-License-Identifier: Apache-2.0
// The prescribed pace of the movement, shown beside the patient's picture.
import type { ExerciseFacts } from 'reprise-engine';

type Pace = ExerciseFacts['pace'];

/**
 * Returns the position at the prescribed pace so long after a repetition began, as a share of the way to the target.
 */
export function paced({ out_s, hold_s, back_s }: Pace, repetition_s: number): number {
  if (repetition_s < out_s) return eased(repetition_s / out_s);
  if (repetition_s <= out_s + hold_s) return 1;
  const back = (repetition_s - out_s - hold_s) / back_s;
  return back < 1 ? eased(1 - back) : 0;
}

/** Eases a share in and out, because a person starts and stops gradually. */
const eased = (share: number) => (1 - Math.cos(Math.PI * share)) / 2;
