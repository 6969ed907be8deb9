// SPDX-License-Identifier: Apache-2.0
// Replaces the prescribed exercises by another phase, without loosening the limits of a clinician. Pure.
import type { Known } from './catalog.ts';
import type { Draft, Item, RangeLimit } from './draft.ts';

const isSame = (a: Item, b: Item) => a.exercise === b.exercise && a.side === b.side;
/** Of two ceilings the one nearer to rest. */
const stricter = (a: number | null, b: number | null, rising: boolean) =>
  a === null || b === null ? (a ?? b) : rising ? Math.min(a, b) : Math.max(a, b);
const isRising = (known: Known | undefined) => known === undefined || known.file.range.target > known.file.range.rest;

/**
 * The ceiling of an exercise that goes, as a limit of the whole programme: what comes instead may not pass it either.
 */
function limitOf({ ceiling, side }: Item, known: Known | undefined): RangeLimit[] {
  if (ceiling === null || !known) return [];
  const rising = isRising(known);
  return [
    {
      measure: known.file.primary.measure,
      side: side === 'both' ? null : side,
      min: rising ? null : ceiling,
      max: rising ? ceiling : null,
    },
  ];
}

/**
 * The same exercise of the same side stays the same prescription, with its ceiling, helper and words; ceilings of those
 * that go become limits.
 */
export function replaced(draft: Draft, items: readonly Item[], catalog: ReadonlyMap<string, Known>): Draft {
  const next = items.map((item): Item => {
    const before = draft.items.find((one) => isSame(one, item));
    if (!before) return item;
    const ceiling = stricter(before.ceiling, item.ceiling, isRising(catalog.get(item.exercise)));
    return {
      ...item,
      key: before.key,
      fresh: before.fresh,
      canonical: before.canonical,
      ceiling,
      load: before.load,
      muscle: before.muscle,
      helper: before.helper || item.helper,
      camera: before.camera,
      support: before.support || item.support,
      instruction: before.instruction,
    };
  });
  const gone = draft.items.filter((one) => !items.some((item) => isSame(one, item)));
  const limits = gone
    .flatMap((item) => limitOf(item, catalog.get(item.exercise)))
    .filter(
      (limit) =>
        !draft.limits.some(
          ({ measure, side, min, max }) =>
            measure === limit.measure && side === limit.side && min === limit.min && max === limit.max,
        ),
    );
  return { ...draft, items: next, limits: [...draft.limits, ...limits] };
}
