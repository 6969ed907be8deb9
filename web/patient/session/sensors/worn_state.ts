// SPDX-License-Identifier: Apache-2.0
// When a problem of worn sensors is said, and when it pauses the set. Pure.
import type { WornState } from 'reprise-engine';

/** `unlearned`: a set is on, but the sensors begin their calibration anew. */
type Kind = NonNullable<WornState['problem']> | 'unlearned';

export interface WornFinding extends Pick<WornState, 'sensor'> {
  problem: Kind | null;
}

export interface WornProblem {
  kind: Kind;
  /** Of the sensor that has it; undefined: of them together. */
  place: string | undefined;
  /** Announce it now, for the first time or again. */
  say: boolean;
  /** The set should pause. */
  pause: boolean;
}

/**
 * Seconds that a problem lasts before the set pauses; a silent sensor has been silent for one already. Unsourced
 * defaults.
 */
const PAUSES_AFTER_S: Record<Kind, number> = {
  silent: 0,
  detached: 1,
  implausible: 0,
  hold_still: 5,
  saturated: 5,
  unlearned: 0,
};
const SAY_AGAIN_S = 6;

/** Tells it of each look at the sensors; `inSet`: a set is on and not paused. */
export function watchProblems() {
  let present = '';
  let since_s = 0;
  let said_s = 0;
  return (
    { problem, sensor }: WornFinding,
    places: readonly string[],
    time_s: number,
    inSet: boolean,
  ): WornProblem | undefined => {
    const next = problem === null ? '' : `${problem} ${sensor}`;
    const fresh = next !== present;
    present = next;
    if (problem === null) return undefined;
    if (fresh) since_s = time_s;
    const say = fresh || (inSet && time_s - said_s >= SAY_AGAIN_S);
    if (say) said_s = time_s;
    return {
      kind: problem,
      place: sensor === null ? undefined : places[sensor],
      say,
      pause: inSet && time_s - since_s >= PAUSES_AFTER_S[problem],
    };
  };
}
