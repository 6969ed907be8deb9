// SPDX-License-Identifier: Apache-2.0
// A patient's carers in the record: RelatedPersons, who write in their own name. Pure.
import type { CodeableConcept, RelatedPerson } from 'fhir/r4';
import { nameOf } from './people.ts';

export const RELATIONS = ['spouse', 'parent', 'child', 'sibling', 'family', 'friend', 'neighbor', 'other'] as const;
export type Relation = (typeof RELATIONS)[number];

// The codes that server/carers writes.
const BY_CODE: Readonly<Record<string, Relation>> = {
  SPS: 'spouse',
  PRN: 'parent',
  CHILD: 'child',
  SIB: 'sibling',
  FAMMEMB: 'family',
  FRND: 'friend',
  NBOR: 'neighbor',
};

export interface Carer {
  id: string;
  /** Undefined: the record has no name, or it was not loaded. */
  name: string | undefined;
  relation: Relation;
}

const KIND = 'RelatedPerson/';

/** Whether a reference names a carer. */
export const isOfCarer = (reference: string | undefined) => reference?.startsWith(KIND) ?? false;

const relationIn = (concepts: readonly CodeableConcept[]): Relation =>
  concepts.flatMap(({ coding = [] }) => coding).flatMap(({ code }) => BY_CODE[code ?? ''] ?? [])[0] ?? 'other';

/** Returns the carer whom a reference names; undefined if it names no carer. */
export function carerOf(reference: string | undefined, known: readonly RelatedPerson[]): Carer | undefined {
  if (!reference || !isOfCarer(reference)) return undefined;
  const id = reference.slice(KIND.length);
  const person = known.find((one) => one.id === id);
  return { id, name: person && nameOf(person), relation: relationIn(person?.relationship ?? []) };
}

/** Proposes a sign-in name: plain letters of the name, with dots; empty where it has none. */
export const loginFor = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.+|\.+$/g, '');
