// SPDX-License-Identifier: Apache-2.0
// When the prescribed pace is to be heard, by the same times as the ring of tempo.ts. Pure.
import type { ExerciseFacts } from 'reprise-engine';
import type { Preferences } from '../../../data/preferences.ts';

type Pace = ExerciseFacts['pace'];

/** A part of the movement begins, or another second of it has passed. */
export type Tick = 'out' | 'hold' | 'back' | 'rest' | 'second';

/** Nearer to the beginning of a part, a second's tick would blur it. Unsourced default. */
const CLEAR_S = 0.35;
/** A hold that is shorter is not told from the turn. */
const SHORTEST_HOLD_S = 0.5;

/** All ticks of a repetition, by their time after it began. */
export function ticksOf({ out_s, hold_s, back_s }: Pace): { at_s: number; tick: Tick }[] {
  const held_s = hold_s >= SHORTEST_HOLD_S ? hold_s : 0;
  const parts: { at_s: number; tick: Tick; lasts_s: number }[] = [
    { at_s: 0, tick: 'out', lasts_s: out_s },
    ...(held_s > 0 ? [{ at_s: out_s, tick: 'hold' as const, lasts_s: held_s }] : []),
    { at_s: out_s + hold_s, tick: 'back', lasts_s: back_s },
  ];
  return [
    ...parts.flatMap(({ at_s, tick, lasts_s }) => [
      { at_s, tick },
      ...Array.from({ length: Math.max(0, Math.floor(lasts_s - CLEAR_S)) }, (_, i) => ({
        at_s: at_s + i + 1,
        tick: 'second' as const,
      })),
    ]),
    { at_s: out_s + hold_s + back_s, tick: 'rest' },
  ];
}

/** Later than this, a tick would mislead. Unsourced default. */
const LATEST_S = 0.25;

/**
 * Returns a function of each look: the tick that is due, at most one. `repetition_s`: since the repetition began; 0:
 * none is under way. A repetition is noticed a moment after it began, so its first tick may come late.
 */
export function followPace(pace: Pace) {
  const ticks = ticksOf(pace);
  let before = 0;
  return (repetition_s: number): Tick | undefined => {
    const began = repetition_s > 0 && (before === 0 || repetition_s < before);
    const from = began ? -1 : before;
    before = repetition_s;
    if (repetition_s === 0) return undefined;
    const due = ticks.filter(({ at_s }) => at_s > from && at_s <= repetition_s).at(-1);
    if (!due) return undefined;
    return began || repetition_s - due.at_s <= LATEST_S ? due.tick : undefined;
  };
}

/** How loud a tick is; 0: not at all. Any other sound comes first. Shares are unsourced defaults. */
const VOLUME = { full: 0.1, medium: 0.055, low: 0.025 };
export const loudnessOfTick = (
  { voice, volume, paceSound }: Pick<Preferences, 'voice' | 'volume' | 'paceSound'>,
  isHeard: boolean,
) => (paceSound && voice !== 'off' && !isHeard ? VOLUME[volume] : 0);
