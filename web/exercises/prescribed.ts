// SPDX-License-Identifier: Apache-2.0
// One exercise of the programme with what the engine and its file say about it.
import type { Exercise, PrescribedExercise, Reprise } from 'reprise-engine';
import { fileOf, type ExerciseFile } from './exercise_words.ts';

export interface Prescribed {
  order: PrescribedExercise;
  exercise: Exercise;
  file: ExerciseFile;
  facts: ReturnType<Exercise['facts']>;
}

export function prescribedFrom(reprise: Reprise, order: PrescribedExercise): Prescribed {
  const exercise = reprise.exercise(order.json);
  return {
    order,
    exercise,
    file: fileOf(order.json),
    facts: exercise.facts({ ...(order.ceiling !== null && { ceiling: order.ceiling }) }),
  };
}

export const isHold = ({ facts }: Prescribed) => facts.kind === 'hold';

/**
 * Figures are drawn with the right side at work; whether the left one is, when the exercise is prescribed on `side`.
 */
export const worksLeft = ({ working_side }: Prescribed['facts'], side: string | null | undefined) =>
  (side === 'left' || side === 'right') && working_side[side] === 'left';
export const mirrored = ({ order, facts }: Prescribed) => worksLeft(facts, order.side);

/** Whether a standing balance exercise wants something to hold on to; it never starts by itself. */
export const wantsSupport = ({ file }: Prescribed) => file.falls?.support_within_reach === true;

/** About how long it takes with its rests. */
export function secondsOf({ order, facts }: Prescribed): number {
  const once = isHold({ facts } as Prescribed) ? (order.hold_s ?? 10) + 3 : facts.repetition_s;
  return order.sets * order.repetitions * once + (order.sets - 1) * order.rest_s;
}
