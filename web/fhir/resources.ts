// SPDX-License-Identifier: Apache-2.0
// Looking into what the record answered.
import type { Bundle } from 'fhir/r4';

/** A resource of the record: it has an id. */
export type Stored<T> = T & { id: string };

/** The resources of a type in the texts of Bundles. */
export function resourcesIn<T>(bundles: readonly string[], type: string): Stored<T>[] {
  return bundles
    .flatMap((bundle) => (JSON.parse(bundle) as Bundle).entry ?? [])
    .flatMap(({ resource }) => (resource?.resourceType === type ? [resource as unknown as Stored<T>] : []));
}

const byVersion = new Intl.Collator('en', { numeric: true });

/** The newest of several versions; nothing of none. */
export function newest<T extends { version?: string | undefined }>(all: readonly T[]): T | undefined {
  return [...all].sort((a, b) => byVersion.compare(b.version ?? '', a.version ?? ''))[0];
}

/** What a canonical address names: that version, else the newest. */
export function namedBy<T extends { url?: string | undefined; version?: string | undefined }>(
  canonical: string | undefined,
  all: readonly T[],
): T | undefined {
  const [url, version] = (canonical ?? '').split('|');
  const versions = url ? all.filter((one) => one.url === url) : [];
  return versions.find((one) => one.version === version) ?? newest(versions);
}

interface Activity {
  detail?: { instantiatesCanonical?: unknown };
}

const urlsOf = (canonicals: readonly unknown[]) => [
  ...new Set(canonicals.flatMap((one) => (typeof one === 'string' ? [one.replace(/\|.*$/, '')] : []))),
];
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Addresses of what a programme asks for. */
export function canonicalsIn(plans: string): { exercises: string[]; questionnaires: string[] } {
  const requests = resourcesIn<{ instantiatesCanonical?: unknown }>([plans], 'ServiceRequest');
  const activities = resourcesIn<{ activity?: Activity[] }>([plans], 'CarePlan').flatMap(
    ({ activity = [] }) => activity,
  );
  return {
    exercises: urlsOf(requests.flatMap(({ instantiatesCanonical }) => listed(instantiatesCanonical))),
    questionnaires: urlsOf(activities.flatMap(({ detail }) => listed(detail?.instantiatesCanonical))),
  };
}
