// SPDX-License-Identifier: Apache-2.0
// One exercise of the programme with what the engine and its file say about it.
import type { PrescribedExercise, ShownExercise } from 'reprise-engine';
import { fileOf, type ExerciseFile } from './exercise_words.ts';

export interface Prescribed<Shape extends ShownExercise = ShownExercise> {
  order: PrescribedExercise;
  exercise: Shape;
  file: ExerciseFile;
  facts: ReturnType<ShownExercise['facts']>;
}

/** No drawing goes past a ceiling. */
function shownWithin<Shape extends ShownExercise>(whole: Shape, ceiling: number | null): Shape {
  if (ceiling === null) return whole;
  const shown = whole.shownWithin(ceiling);
  whole.release();
  return shown;
}

/** `reprise`: what shows programmes, or the whole engine, whose exercises do more. */
export function prescribedFrom<Shape extends ShownExercise>(
  reprise: { exercise(json: string): Shape },
  order: PrescribedExercise,
): Prescribed<Shape> {
  const whole = reprise.exercise(order.json);
  const facts = whole.facts({ ...(order.ceiling !== null && { ceiling: order.ceiling }) });
  return { order, exercise: shownWithin(whole, facts.ceiling), file: fileOf(order.json), facts };
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
