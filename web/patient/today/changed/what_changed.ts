// SPDX-License-Identifier: Apache-2.0
// What the clinic changed in the exercises since the patient last saw them. Pure.
import type { PrescribedExercise } from 'reprise-engine';

const DOSE = ['side', 'sets', 'repetitions', 'hold_s', 'daysPerWeek', 'load_kg'] as const;
const LIMIT = ['ceiling', 'target'] as const;
const WAY = ['rest_s', 'camera', 'helper', 'supportNote', 'instruction', 'muscle'] as const;
const KEPT = ['request', 'json', ...DOSE, ...LIMIT, ...WAY] as const;

/** What the device keeps of an exercise. A newer file of the same exercise is no change of the clinic's. */
export type Seen = Pick<PrescribedExercise, (typeof KEPT)[number]>;
export const seenOf = (exercise: PrescribedExercise) =>
  Object.fromEntries(KEPT.map((field) => [field, exercise[field]])) as unknown as Seen;

/** `limit`: how far to go. `way`: how it is done: instruction, support, rest. One exercise can have several. */
export type Changed =
  | { what: 'added' | 'removed' | 'limit' | 'way'; exercise: Seen }
  | { what: 'dose'; exercise: Seen; before: Seen };

/** In the order of the programme; removed exercises come last. */
export function whatChanged(before: readonly Seen[], now: readonly Seen[]): Changed[] {
  const known = new Map(before.map((one) => [one.request, one]));
  const open = new Set(now.map(({ request }) => request));
  const kept = now.flatMap((exercise): Changed[] => {
    const old = known.get(exercise.request);
    if (!old) return [{ what: 'added', exercise }];
    const differs = (fields: readonly (keyof Seen)[]) =>
      fields.some((field) => JSON.stringify(old[field]) !== JSON.stringify(exercise[field]));
    return [
      ...(differs(DOSE) ? [{ what: 'dose', exercise, before: old } as const] : []),
      ...(differs(LIMIT) ? [{ what: 'limit', exercise } as const] : []),
      ...(differs(WAY) ? [{ what: 'way', exercise } as const] : []),
    ];
  });
  const gone = before.filter(({ request }) => !open.has(request));
  return [...kept, ...gone.map((exercise) => ({ what: 'removed', exercise }) as const)];
}
