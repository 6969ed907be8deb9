// Who somebody is, as administrators may know it: name, day of birth, clinic. No clinical content.
import { found } from '../../record/found.ts';
import { isSimulated, nameOf, type HumanName } from '../../record/people.ts';
import type { Meta } from '../../record/results.ts';
import { ask, askRecord, type Account } from '../../source/api.ts';

export interface Person { id: string; name: string; birthDate?: string | undefined; clinic?: string | undefined; simulated: boolean }

export interface PatientResource {
  resourceType: 'Patient';
  id: string;
  meta?: Meta;
  name?: HumanName[];
  birthDate?: string;
  active?: boolean;
  managingOrganization?: { reference?: string };
}
export interface Practitioner { id: string; name?: HumanName[]; active?: boolean; meta?: Meta }
export interface Organization { id: string; name?: string; meta?: Meta }

export const idIn = (reference: string | undefined, type: string) => new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})(?:$|/)`).exec(reference ?? '')?.[1];

export const personOf = (patient: PatientResource): Person => ({
  id: patient.id, name: nameOf(patient) ?? patient.id, birthDate: patient.birthDate, clinic: idIn(patient.managingOrganization?.reference, 'Organization'), simulated: isSimulated(patient),
});

const ELEMENTS = '_elements=name,birthDate,managingOrganization';
const MOST_SHOWN = 50;

/** The first who have such a name. */
export async function searchPatients(name: string): Promise<Person[]> {
  const words = name.split(/\s+/).filter((word) => word !== '').map((word) => `&name=${encodeURIComponent(word)}`).join('');
  // Pages beyond the first are not wanted: whoever has so many names types on.
  const bundle = JSON.parse(await askRecord(`Patient?_count=${MOST_SHOWN}&_sort=family,given&${ELEMENTS}${words}`)) as { entry?: { resource?: PatientResource }[] };
  return (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Patient' ? [personOf(resource)] : []));
}

const AT_ONCE = 100;

/** By id; who was erased is not in it. */
export async function patientsById(ids: readonly string[]): Promise<Map<string, Person>> {
  const all = new Map<string, Person>();
  const once = [...new Set(ids)];
  for (let at = 0; at < once.length; at += AT_ONCE) {
    const some = once.slice(at, at + AT_ONCE);
    for (const patient of await found<PatientResource>('Patient', `?_id=${some.join(',')}&_count=${some.length}&${ELEMENTS}`)) all.set(patient.id, personOf(patient));
  }
  return all;
}

const byName = <T extends { name: string }>(all: T[]) => all.sort((a, b) => a.name.localeCompare(b.name));

export const loadPractitioners = async () =>
  byName((await found<Practitioner>('Practitioner', '?_count=1000&_elements=name,active')).filter(({ active }) => active !== false).map((one) => ({ id: one.id, name: nameOf(one) ?? one.id })));

export const loadClinics = async () => byName((await found<Organization>('Organization', '?_count=1000&_elements=name')).map(({ id, name }) => ({ id, name: name ?? id })));

/** Accounts that stand for no Patient or Practitioner. */
export async function loadAdministrators(): Promise<Account[]> {
  const all: Account[] = [];
  for (let more = true; more;) {
    const after = all.at(-1)?.name ?? '';
    const page = await ask<{ accounts: Account[]; more: boolean }>('GET', `accounts?${new URLSearchParams({ role: 'administrator', after, count: '200' }).toString()}`);
    all.push(...page.accounts);
    ({ more } = page);
  }
  return all;
}
