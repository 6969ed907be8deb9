// A draft as the patient's app would read it: by the same engine, before it is sent. Pure but for the engine.
import { RepriseError, type ContraindicationHit, type Programme, type Reprise } from 'reprise-engine';
import type { Known } from './catalog.ts';
import { planOf, requestOf, requestsOf, type Base, type Draft, type Item, type Writing } from './draft.ts';
import { same } from './changes.ts';
import { isAngle } from './measures.ts';

export interface Checked {
  programme: Programme | undefined;
  /** By the items' keys; '' for the whole. */
  problems: ReadonlyMap<string, string>;
}

export function checkOf(
  reprise: Reprise,
  draft: Draft,
  before: Draft,
  base: Base,
  catalog: ReadonlyMap<string, Known>,
  patientTexts: readonly string[],
  writing: Writing,
): Checked {
  const known = new Map(requestsOf(base).map((request) => [request.id ?? '', request]));
  const was = new Map(before.items.map((item) => [item.key, item]));
  const requests = draft.items.flatMap((item) => {
    const request = known.get(item.key);
    const file = catalog.get(item.exercise)?.file;
    if (request && (!file || same(was.get(item.key), item))) return [request];
    return file ? [{ ...requestOf(item, request, file, writing, isAngle), id: item.key }] : [];
  });
  const plan = {
    ...planOf(
      draft,
      base,
      draft.items.map(({ key }) => `ServiceRequest/${key}`),
      writing,
      isAngle,
    ),
    id: base.plan?.id ?? 'draft',
  };
  const named = new Set(draft.items.map(({ exercise }) => exercise));
  const definitions = [...catalog.values()]
    .filter(({ file }) => named.has(file.id))
    .map(({ definition }) => ({ resource: definition }));
  const bundle = JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: plan }, ...requests.map((resource) => ({ resource })), ...definitions],
  });
  const problems = new Map<string, string>();
  try {
    const programme = reprise.programme([bundle, ...patientTexts]);
    for (const { request, text } of programme.problems) if (request) problems.set(request, text);
    return { programme, problems };
  } catch (error) {
    if (!(error instanceof RepriseError)) throw error;
    return { programme: undefined, problems: problems.set('', error.found) };
  }
}

/**
 * What speaks against exercises, in their order. A `ceiling` that keeps a joint within what a reason allows answers it.
 */
export function contraindicationsOf(
  reprise: Reprise,
  all: readonly { known: Known; ceiling: number | null }[],
  rules: readonly string[],
  conditions: readonly string[],
  today: string,
): ContraindicationHit[][] {
  return reprise.contraindications(
    rules,
    all.map(({ known }) => known.json),
    conditions,
    { today, ceilings: all.map(({ ceiling }) => ({ value: ceiling })) },
  );
}

/** The ceiling that binds an item: its own, or a limit of the programme that is nearer to rest. */
export function boundOf(draft: Draft, item: Item, known: Known): number | null {
  const { measure } = known.file.primary;
  const rising = known.file.range.target > known.file.range.rest;
  const limits = draft.limits
    .filter(
      (limit) =>
        limit.measure === measure &&
        (limit.side === null || item.side === null || item.side === 'both' || limit.side === item.side),
    )
    .flatMap(({ min, max }) => (rising ? max : min) ?? []);
  const all = [...limits, ...(item.ceiling === null ? [] : [item.ceiling])];
  return all.length === 0 ? null : rising ? Math.min(...all) : Math.max(...all);
}
