// SPDX-License-Identifier: Apache-2.0
// What a patient away from the screen asks for with the arms. The engine judges the posture; this decides what follows.
import type { ExerciseFacts, Gesture, GestureState } from 'reprise-engine';

export type Gestures = ExerciseFacts['gestures'];

/** A shorter posture is part of another movement: no ring begins to fill. Unsourced default. */
const SHOWN_FROM_S = 0.2;
const HELD_FOR_S = 1;

/** The gestures of a set. "It hurts" cannot be switched off (SAFETY.md 3). */
export const gesturesOf = ({ gestures }: Pick<ExerciseFacts, 'gestures'>, pauses: boolean): Gestures => ({
  hurts: gestures.hurts,
  pause: pauses ? gestures.pause : null,
});

/** Returns a function of each look: the request, once for each time that a gesture is given. */
export function listenForGestures() {
  let before: GestureState['asks'] | undefined;
  return (gesture: GestureState | null | undefined): GestureState['asks'] | undefined => {
    const asks = gesture?.given ? gesture.asks : undefined;
    const isNew = asks !== before;
    before = asks;
    return isNew ? asks : undefined;
  };
}

/** How much of the time a gesture has been held, in steps of a twentieth; undefined: none that is on. */
export function filling(gesture: GestureState | null | undefined, on: Gestures) {
  if (!gesture || gesture.given || on[gesture.asks] === null || gesture.held_s < SHOWN_FROM_S) return undefined;
  return { asks: gesture.asks, share: Math.min(1, Math.round((20 * gesture.held_s) / HELD_FOR_S) / 20) };
}

export type Filling = NonNullable<ReturnType<typeof filling>>;

/** How the body lies, which decides what "hand up" looks like. */
export type Lie = 'upright' | 'lying' | 'front' | 'knees';

export function lieOf(position: ExerciseFacts['position']): Lie {
  if (position === 'lying_on_back' || position === 'lying_on_side') return 'lying';
  if (position === 'lying_on_front') return 'front';
  return position === 'on_hands_and_knees' ? 'knees' : 'upright';
}

/** The gestures in the order in which they are told. */
export const signsOf = ({ hurts, pause }: Gestures): { asks: GestureState['asks']; gesture: Gesture }[] => [
  ...(pause ? [{ asks: 'pause' as const, gesture: pause }] : []),
  ...(hurts ? [{ asks: 'hurts' as const, gesture: hurts }] : []),
];
