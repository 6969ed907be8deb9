// SPDX-License-Identifier: Apache-2.0
// What watches a set: the coach behind the camera, or worn sensors. Both count by the same engine.
import type { CoachEvent, CoachState } from 'reprise-engine';
import type { Finished, FinishOptions, SetReplay } from '../../coach/types.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';
import type { WornProblem } from './sensors/worn_state.ts';

/** `set-up`: looks whether all is ready for a set. `waiting`: a pause in which only gestures are looked for. */
export type Mode = 'set-up' | 'set' | 'waiting' | 'paused';

/** One moment of a set, as its watcher saw it. */
export interface SetLook {
  time_s: number;
  /** Since the look before. */
  events: readonly CoachEvent[];
  /** Complete repetitions or holds. */
  count: number;
  now?: CoachState | undefined;
  /** What keeps worn sensors from measuring, while it lasts. */
  worn?: WornProblem | undefined;
}

export interface SetWatcher {
  /** Starts a set. */
  begin(prescribed: Prescribed): Promise<void>;
  /** Holds the set until it is finished. */
  readonly coach:
    | { finish(options: FinishOptions): Promise<Finished>; replay?(): Promise<SetReplay | undefined> }
    | undefined;
  mode: Mode;
  readonly kind: 'camera' | 'sensors';
  onLook(listener: (look: SetLook) => void): () => void;
}
