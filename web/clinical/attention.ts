// SPDX-License-Identifier: Apache-2.0
// What a clinician should look at now, out of Flags and messages. Pure.
import type { Communication, Flag } from 'fhir/r4';

export type Messages = ReadonlyMap<string, Communication>;

/** Resources written at the same time may become readable in another order. */
const OVERLAP_MS = 2 * 60_000;

/**
 * Counts the patients with an urgent flag that is active and not snoozed (docs/clinician/rules.md). A flag of no rule
 * is urgent.
 */
export function urgentIn(flags: readonly Flag[], now: number): number {
  const patients = new Set<string>();
  for (const { status, subject, extension = [] } of flags) {
    const finding = extension.find(({ url }) => url === 'urn:reprise:finding');
    const urgency = finding?.extension?.find(({ url }) => url === 'urgency')?.valueCode;
    const until = extension.find(({ url }) => url === 'urn:reprise:snoozed-until')?.valueDateTime;
    const awake = until === undefined || Date.parse(until) <= now;
    if (status === 'active' && awake && (finding === undefined || urgency === 'now') && subject?.reference)
      patients.add(subject.reference);
  }
  return patients.size;
}

/**
 * Returns the time from which messages are requested: a little before the record's own time of the newest known one;
 * undefined: all are requested.
 */
export function askedSince(known: Messages | undefined): string | undefined {
  const newest = [...(known?.values() ?? [])].reduce(
    (last, { meta }) => Math.max(last, Date.parse(meta?.lastUpdated ?? '') || 0),
    0,
  );
  return newest === 0 ? undefined : new Date(newest - OVERLAP_MS).toISOString();
}

/**
 * Returns the known messages with the news; `whole`: the news alone. Returns the same map if no message has changed, so
 * that the page is not rendered again.
 */
export function withNews(known: Messages | undefined, news: readonly Communication[], whole: boolean): Messages {
  const before = whole ? undefined : known;
  const next = new Map([...(before ?? []), ...news.map((one) => [one.id ?? '', one] as const)]);
  const same =
    known?.size === next.size &&
    [...next].every(([id, { meta }]) => known.has(id) && known.get(id)?.meta?.lastUpdated === meta?.lastUpdated);
  return known && same ? known : next;
}
