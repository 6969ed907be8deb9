// What a clinician should look at now, out of Flags and messages. Pure.
import type { Communication, Flag } from 'fhir/r4';

export type Messages = ReadonlyMap<string, Communication>;

/** What is written at the same time may become readable in another order. */
const OVERLAP_MS = 2 * 60_000;

/** Patients with an urgent flag that is active and not snoozed (docs/clinician/rules.md); those of no rule are urgent. */
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
 * From when on messages are asked for: the record's own time of the newest that is known, a little before it; nothing:
 * all are asked for.
 */
export function askedSince(known: Messages | undefined): string | undefined {
  const newest = [...(known?.values() ?? [])].reduce(
    (last, { meta }) => Math.max(last, Date.parse(meta?.lastUpdated ?? '') || 0),
    0,
  );
  return newest === 0 ? undefined : new Date(newest - OVERLAP_MS).toISOString();
}

/**
 * What is known with the news, or, `whole`, the news alone; the same map where nothing has changed, so that nothing is
 * drawn anew.
 */
export function withNews(known: Messages | undefined, news: readonly Communication[], whole: boolean): Messages {
  const before = whole ? undefined : known;
  const next = new Map([...(before ?? []), ...news.map((one) => [one.id ?? '', one] as const)]);
  const same =
    known?.size === next.size &&
    [...next].every(([id, { meta }]) => known.has(id) && known.get(id)?.meta?.lastUpdated === meta?.lastUpdated);
  return known && same ? known : next;
}
