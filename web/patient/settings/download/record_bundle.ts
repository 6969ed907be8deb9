// SPDX-License-Identifier: Apache-2.0
// A patient's own record as one FHIR Bundle: all that the patient may read, by searches of the patient's account.
import type { Bundle, Resource } from 'fhir/r4';

/**
 * The types of a patient's compartment that the server keeps (docs/reference/fhir.md). The access log is not one: More
 * shows it by itself. A Group names other people, too.
 */
export const RECORD_TYPES = [
  'Patient',
  'Appointment',
  'Basic',
  'CarePlan',
  'CareTeam',
  'Claim',
  'Communication',
  'Composition',
  'Condition',
  'Consent',
  'DetectedIssue',
  'Device',
  'DocumentReference',
  'Encounter',
  'Flag',
  'Goal',
  'List',
  'Media',
  'Observation',
  'Procedure',
  'Provenance',
  'QuestionnaireResponse',
  'RelatedPerson',
  'RiskAssessment',
  'ServiceRequest',
  'Task',
] as const;

/** What the record refers to and everyone may read: who wrote it, by which questionnaire, which exercise. */
const REFERRED =
  /^(?:Practitioner|PractitionerRole|Organization|ActivityDefinition|Questionnaire)\/[A-Za-z0-9.-]{1,64}$/;
/** Files of the record: a photo, a recorded movement, a document. */
const FILE = /^Binary\/[A-Za-z0-9.-]{1,64}$/;

/** The searches take about so much of the time; files and names the rest. */
const SEARCHES = 0.7;

interface Reading {
  /** All pages of a search, as texts. */
  searchPages: (path: string) => Promise<string[]>;
  /** A resource as text; undefined: it is not there, or not for this account. */
  read: (address: string) => Promise<string | undefined>;
  /** Takes how much is done, of 1; false: stop. */
  onProgress: (share: number) => boolean;
}

export interface PatientRecord {
  bundle: Bundle;
  resources: number;
  /** Files and other things that the record refers to, and that could not be read. */
  missing: string[];
}

/** Collects the addresses that resources refer to, by references and by attachments. */
export function referredIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) referredIn(one, found);
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      const address = typeof inner === 'string' ? inner.replace(/^.*\/fhir\//, '').replace(/\/_history\/.*$/, '') : '';
      if ((key === 'reference' && REFERRED.test(address)) || FILE.test(address)) found.add(address);
      else referredIn(inner, found);
    }
  return found;
}

const addressOf = ({ resourceType, id }: Resource) => `${resourceType}/${id}`;

/**
 * Reads the record of `patient` and returns it as a Bundle of the type `collection`; undefined if it was stopped.
 * `base`: the address of the FHIR API. A search that fails makes all of it fail: no part is missing unnoticed.
 */
export async function patientRecord(
  patient: string,
  base: string,
  now: Date,
  { searchPages, read, onProgress }: Reading,
): Promise<PatientRecord | undefined> {
  const found = new Map<string, Resource>();
  for (const [i, type] of RECORD_TYPES.entries()) {
    if (!onProgress((SEARCHES * i) / RECORD_TYPES.length)) return undefined;
    const path = type === 'Patient' ? `Patient?_id=${patient}` : `${type}?_count=200`;
    for (const text of await searchPages(path))
      for (const { resource } of (JSON.parse(text) as Bundle).entry ?? [])
        if (resource?.resourceType === type) found.set(addressOf(resource), resource);
  }
  const referred = [...referredIn([...found.values()])].filter((address) => !found.has(address));
  const missing: string[] = [];
  for (const [i, address] of referred.entries()) {
    if (!onProgress(SEARCHES + ((1 - SEARCHES) * i) / referred.length)) return undefined;
    const text = await read(address);
    if (text === undefined) missing.push(address);
    else found.set(address, JSON.parse(text) as Resource);
  }
  const entry = [...found].map(([address, resource]) => ({ fullUrl: `${base}/${address}`, resource }));
  const bundle = { resourceType: 'Bundle', type: 'collection', timestamp: now.toISOString(), entry } as Bundle;
  return { bundle, resources: found.size, missing };
}
