// SPDX-License-Identifier: Apache-2.0
// A draft as the patient's app would read it: by the same engine, before it is sent. Pure but for the engine.
import { RepriseError, type ContraindicationHit, type Programme, type Reprise } from 'reprise-engine';
import type { CatalogFile, Known } from './catalog.ts';
import { written, type Base, type Draft, type Item, type Writing } from './draft.ts';

export interface Checked {
  programme: Programme | undefined;
  /** By the items' keys; '' for the whole. */
  problems: ReadonlyMap<string, string>;
}

export function checkOf(
  reprise: Reprise,
  draft: Draft,
  base: Base,
  catalog: ReadonlyMap<string, Known>,
  files: ReadonlyMap<string, CatalogFile>,
  patientTexts: readonly string[],
  writing: Writing,
): Checked {
  const named = new Set(draft.items.map(({ exercise }) => exercise));
  const definitions = JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [...catalog.values()]
      .filter(({ file }) => named.has(file.id))
      .map(({ definition }) => ({ resource: definition })),
  });
  const problems = new Map<string, string>();
  try {
    const programme = reprise.draftedProgramme(written(base, draft, files, writing), [definitions, ...patientTexts]);
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
