// SPDX-License-Identifier: Apache-2.0
// Loads a person's identity as administrators may know it: name, birth date, clinic. No clinical content.
import type { Organization, Patient, Practitioner } from 'fhir/r4';
import { searchAll } from '../data/fhir_search.ts';
import { searchPatients as search, NAMED } from '../data/patients.ts';
import { nameOf, whoAre, type Who } from '../fhir/people.ts';
import { ask, type Account } from '../data/api.ts';

export interface Person extends Who {
  clinic?: string | undefined;
}

export const idIn = (reference: string | undefined, type: string) =>
  new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})(?:$|/)`).exec(reference ?? '')?.[1];

const ELEMENTS = `${NAMED},managingOrganization`;

function personsOf(patients: readonly Patient[]): Person[] {
  const clinics = new Map(
    patients.map(({ id, managingOrganization }) => [id, idIn(managingOrganization?.reference, 'Organization')]),
  );
  return whoAre(patients).map((who) => ({ ...who, clinic: clinics.get(who.id) }));
}

/** The first who have such a name or birth date. */
export const searchPatients = async (typed: string): Promise<Person[]> =>
  personsOf(await search<Patient>(typed, ELEMENTS));

const AT_ONCE = 100;

/** By id; who was erased is not in it. */
export async function patientsById(ids: readonly string[]): Promise<Map<string, Person>> {
  const all = new Map<string, Person>();
  const once = [...new Set(ids)];
  for (let at = 0; at < once.length; at += AT_ONCE) {
    const some = once.slice(at, at + AT_ONCE);
    for (const person of personsOf(
      await searchAll<Patient>('Patient', `?_id=${some.join(',')}&_count=${some.length}&_elements=${ELEMENTS}`),
    ))
      all.set(person.id, person);
  }
  return all;
}

const byName = <T extends { name: string }>(all: T[]) => all.sort((a, b) => a.name.localeCompare(b.name));

export const loadPractitioners = async () =>
  byName(
    (await searchAll<Practitioner>('Practitioner', '?_count=1000&_elements=name,active'))
      .filter(({ active }) => active !== false)
      .map((one) => ({ id: one.id, name: nameOf(one) ?? one.id })),
  );

export const loadClinics = async () =>
  byName(
    (await searchAll<Organization>('Organization', '?_count=1000&_elements=name')).map(({ id, name }) => ({
      id,
      name: name ?? id,
    })),
  );

/** Accounts that stand for no Patient or Practitioner. */
export async function loadAdministrators(): Promise<Account[]> {
  const all: Account[] = [];
  for (let more = true; more; ) {
    const after = all.at(-1)?.name ?? '';
    const page = await ask<{ accounts: Account[]; more: boolean }>(
      'GET',
      `accounts?${new URLSearchParams({ role: 'administrator', after, count: '200' }).toString()}`,
    );
    all.push(...page.accounts);
    ({ more } = page);
  }
  return all;
}
