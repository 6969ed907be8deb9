// SPDX-License-Identifier: Apache-2.0
// Compares two programmes: before one is sent, in the list of versions, and after changes by two clinicians. Pure.
import type { Draft, Item } from './draft.ts';

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export const ITEM_FIELDS = [
  'side',
  'sets',
  'repetitions',
  'hold',
  'rest',
  'days',
  'load',
  'ceiling',
  'target',
  'muscle',
  'camera',
  'helper',
  'support',
  'instruction',
  'canonical',
] as const;
export const PLAN_FIELDS = [
  'title',
  'note',
  'start',
  'affected',
  'bearing',
  'loadLimit',
  'loadLimitUnread',
  'limits',
  'painStop',
  'painRise',
  'personalBests',
  'template',
] as const;
export type ItemField = (typeof ITEM_FIELDS)[number];
export type PlanField = (typeof PLAN_FIELDS)[number];

export interface Difference<Field> {
  field: Field;
  before: unknown;
  after: unknown;
}
export type Change =
  | { what: 'added' | 'removed'; item: Item }
  | { what: 'changed'; item: Item; details: Difference<ItemField>[] }
  | { what: 'order' }
  | { what: 'plan'; details: Difference<PlanField>[] };

function differences<T, Field extends keyof T>(before: T, after: T, fields: readonly Field[]): Difference<Field>[] {
  return fields
    .filter((field) => !same(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

export function changesBetween(before: Draft, after: Draft): Change[] {
  const was = new Map(before.items.map((item) => [item.key, item]));
  const is = new Map(after.items.map((item) => [item.key, item]));
  const changes: Change[] = [];
  const plan = differences(before, after, PLAN_FIELDS);
  if (plan.length > 0) changes.push({ what: 'plan', details: plan });
  for (const item of after.items) {
    const old = was.get(item.key);
    if (!old) changes.push({ what: 'added', item });
    const details = old ? differences(old, item, ITEM_FIELDS) : [];
    if (details.length > 0) changes.push({ what: 'changed', item, details });
  }
  for (const item of before.items) if (!is.has(item.key)) changes.push({ what: 'removed', item });
  const kept = (items: readonly Item[]) => items.map(({ key }) => key).filter((key) => was.has(key) && is.has(key));
  if (!same(kept(before.items), kept(after.items))) changes.push({ what: 'order' });
  return changes;
}

export interface Merged {
  draft: Draft;
  /** What both have changed; mine stands in the draft. */
  both: Change[];
}

/** One value that two people may have changed: who changed it has it, of two the first. */
function chosen<T>(base: T, mine: T, theirs: T): T {
  return same(mine, base) ? theirs : mine;
}

/** My changes on top of another clinician's. An exercise that they removed and I changed stays, and is said. */
export function merge(base: Draft, mine: Draft, theirs: Draft): Merged {
  const both: Change[] = [];
  const [was, my, their] = [base, mine, theirs].map(({ items }) => new Map(items.map((item) => [item.key, item]))) as [
    Map<string, Item>,
    Map<string, Item>,
    Map<string, Item>,
  ];
  const draft = { ...theirs } as Draft & Record<PlanField, unknown>;
  for (const field of PLAN_FIELDS) {
    const [old, own, other] = [base[field], mine[field], theirs[field]];
    if (!same(own, old) && !same(other, old) && !same(own, other))
      both.push({ what: 'plan', details: [{ field, before: other, after: own }] });
    draft[field] = chosen<unknown>(old, own, other) as never;
  }
  const keep = (key: string): Item | undefined => {
    const [old, own, other] = [was.get(key), my.get(key), their.get(key)];
    if (!old) return own ?? other;
    const [iChanged, theyChanged] = [!same(own, old), !same(other, old)];
    if (!iChanged) return other;
    if (theyChanged && !same(own, other))
      both.push(
        own
          ? { what: 'changed', item: own, details: other ? differences(other, own, ITEM_FIELDS) : [] }
          : { what: 'removed', item: other ?? old },
      );
    // An item that was removed here and changed there stays, so that no change is lost unseen.
    return own ?? (theyChanged ? other : undefined);
  };
  const orderIsMine = !same(
    mine.items.map(({ key }) => key).filter((key) => was.has(key)),
    base.items.map(({ key }) => key).filter((key) => my.has(key)),
  );
  const [first, second] = orderIsMine ? [mine.items, theirs.items] : [theirs.items, mine.items];
  const keys = [...new Set([...first, ...second].map(({ key }) => key))];
  draft.items = keys.flatMap((key) => keep(key) ?? []);
  return { draft, both };
}
