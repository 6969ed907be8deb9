// SPDX-License-Identifier: Apache-2.0
// Derives the given consents from Consent resources. Pure.
import type { Consent } from 'fhir/r4';
import { idIn, type Person } from '../clinical/persons.ts';

export interface ConsentGiven {
  patient: string;
  /** A code of urn:reprise:consent, or "privacy", or the text of a foreign category. */
  kind: string;
  agreed: boolean;
  /** The time of the valid answer. */
  since: string | undefined;
  /** The time of the earlier agreement, if it does not hold any more. */
  before: string | undefined;
}

const OWN = 'urn:reprise:consent';

export function kindOf({ category = [], scope }: Consent): string {
  const own = category.flatMap(({ coding = [] }) => coding).find(({ system }) => system === OWN)?.code;
  if (own) return own;
  return scope?.coding?.some(({ code }) => code === 'patient-privacy')
    ? 'privacy'
    : (category.find(({ text }) => text)?.text ?? '?');
}

const when = ({ dateTime, meta }: Consent) => Date.parse(dateTime ?? '') || Date.parse(meta?.lastUpdated ?? '') || 0;
const permits = ({ status, provision }: Consent) => status === 'active' && provision?.type !== 'deny';

/** Returns the valid answer of each patient and kind: the newest one. */
export function consentsGivenOf(consents: readonly Consent[]): ConsentGiven[] {
  const groups = new Map<string, Consent[]>();
  for (const consent of consents) {
    const patient = idIn(consent.patient?.reference, 'Patient');
    if (!patient || consent.status === 'entered-in-error') continue;
    const key = `${patient} ${kindOf(consent)}`;
    groups.set(key, [...(groups.get(key) ?? []), consent]);
  }
  return [...groups.values()].flatMap((group): ConsentGiven[] => {
    const sorted = group.sort((a, b) => when(b) - when(a));
    const [newest] = sorted;
    if (!newest) return [];
    const agreed = permits(newest);
    // A consent withdrawn by its status was withdrawn when the record stored its last version.
    const since = newest.status === 'active' ? (newest.dateTime ?? newest.meta?.lastUpdated) : newest.meta?.lastUpdated;
    const earlier = newest.status === 'active' ? sorted.slice(1).find(permits)?.dateTime : newest.dateTime;
    return [
      {
        patient: idIn(newest.patient?.reference, 'Patient') ?? '',
        kind: kindOf(newest),
        agreed,
        since,
        before: agreed ? undefined : earlier,
      },
    ];
  });
}

export const nameIn = (people: ReadonlyMap<string, Person>, id: string) => people.get(id)?.name ?? id;
