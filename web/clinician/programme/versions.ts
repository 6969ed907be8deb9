// SPDX-License-Identifier: Apache-2.0
// Lists the versions of a programme: its content after each change, the author, and the differences. Pure but for the
// engine.
import type { CarePlan, Resource, ServiceRequest } from 'fhir/r4';
import type { Reprise } from 'reprise-engine';
import { changesBetween, type Change } from './changes.ts';
import type { CatalogFile } from './catalog.ts';
import { draftOf, type Draft } from './draft.ts';

export interface Version {
  at: string;
  author: string | undefined;
  draft: Draft;
  changes: Change[];
}

const time = ({ meta }: Resource) => Date.parse(meta?.lastUpdated ?? '');
const asOf = <T extends Resource>(all: readonly T[], moment: number): T[] => {
  const newest = new Map<string, T>();
  for (const one of all) {
    const known = newest.get(one.id ?? '');
    if (time(one) <= moment && (!known || Number(one.meta?.versionId) > Number(known.meta?.versionId)))
      newest.set(one.id ?? '', one);
  }
  return [...newest.values()];
};

/** The newest first. A change of an exercise comes with one of the plan: both are written together, within a moment. */
export function versionsOf(
  reprise: Reprise,
  plans: readonly CarePlan[],
  requests: readonly ServiceRequest[],
  files: ReadonlyMap<string, CatalogFile>,
): Version[] {
  const A_MOMENT_MS = 2000;
  const ordered = [...plans].sort((a, b) => Number(a.meta?.versionId) - Number(b.meta?.versionId));
  let before: Draft | undefined;
  const versions = ordered.map((plan): Version => {
    const base = { plan, requests: asOf(requests, time(plan) + A_MOMENT_MS) };
    const { draft } = draftOf(reprise, base, files, '');
    const changes = before ? changesBetween(before, draft) : [];
    before = draft;
    return {
      at: plan.meta?.lastUpdated ?? '',
      author: plan.author?.reference?.replace(/^Practitioner\//, ''),
      draft,
      changes,
    };
  });
  return versions.reverse();
}

/** Returns a former version as the next draft. Exercises that were removed since come as new ones. */
export function broughtBack(former: Draft, now: Draft, uuid: () => string): Draft {
  const open = new Set(now.items.map(({ key }) => key));
  return {
    ...former,
    start: now.start,
    items: former.items.map((item) => (open.has(item.key) ? item : { ...item, key: uuid(), fresh: true })),
  };
}
