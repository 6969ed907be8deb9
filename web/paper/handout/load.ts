// SPDX-License-Identifier: Apache-2.0
// What a handout needs of the record besides the programme.
import type { CarePlan, Patient, Questionnaire } from 'fhir/r4';
import type { Programme } from 'reprise-engine';
import { codeOf, Failure, fhirRead } from '../../data/api.ts';
import { nameOf } from '../../fhir/people.ts';
import { newest, resourcesIn } from '../../fhir/resources.ts';
import { dayOf } from '../../fhir/results.ts';

export interface Beside {
  flags: Questionnaire;
  /** Of the patient; undefined: not known without a network. */
  name: string | undefined;
  version: { number: string; day: string } | undefined;
}

/** Undefined without a network. */
const online = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (codeOf(error) === 'unreachable') return undefined;
    throw error;
  });

async function flagsOf(): Promise<Questionnaire> {
  const text = await fhirRead(`Questionnaire?url=${encodeURIComponent('urn:reprise:questionnaire:red-flags')}`);
  const found = newest(resourcesIn<Questionnaire>([text], 'Questionnaire'));
  // Without its warning signs there is no paper.
  if (!found) throw new Failure('not-found');
  return found;
}

async function versionOf(plan: string): Promise<Beside['version']> {
  const { meta } = JSON.parse(await fhirRead(`CarePlan/${plan}`)) as CarePlan;
  return meta?.versionId && meta.lastUpdated
    ? { number: meta.versionId, day: dayOf(new Date(meta.lastUpdated)) }
    : undefined;
}

const patientName = async (id: string) => nameOf(JSON.parse(await fhirRead(`Patient/${id}`)) as Patient);

/** `known`: the warning signs as the device keeps them. */
export async function loadBeside({ id, patient }: Programme, known: Questionnaire | undefined): Promise<Beside> {
  const [flags, name, version] = await Promise.all([
    known ?? flagsOf(),
    online(patientName(patient)),
    online(versionOf(id)),
  ]);
  return { flags, name, version };
}
