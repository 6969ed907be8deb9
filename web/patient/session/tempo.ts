// How fast the movement is wanted, beside the picture of whoever moves.
import type { ExerciseFacts } from 'reprise-engine';

type Pace = ExerciseFacts['pace'];

/**
 * How far somebody would be who keeps the pace, as a share of the way to the target, so long after a repetition began.
 */
export function paced({ out_s, hold_s, back_s }: Pace, repetition_s: number): number {
  if (repetition_s < out_s) return eased(repetition_s / out_s);
  if (repetition_s <= out_s + hold_s) return 1;
  const back = (repetition_s - out_s - hold_s) / back_s;
  return back < 1 ? eased(1 - back) : 0;
}

/** Nobody starts or stops at full speed. */
const eased = (share: number) => (1 - Math.cos(Math.PI * share)) / 2;
