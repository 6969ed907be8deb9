// SPDX-License-Identifier: Apache-2.0
// What the builder asks the record for.
import type {
  ActivityDefinition,
  CarePlan,
  Condition,
  Patient,
  PlanDefinition,
  Practitioner,
  ServiceRequest,
  Task,
} from 'fhir/r4';
import { searchAll } from '../../data/fhir_search.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { fhirRead } from '../../data/api.ts';
import { nameOf } from '../../fhir/people.ts';
import { NOT_LIVE } from '../../fhir/sensed.ts';
import { attachedFile, catalogOf, newestOfEach, type Known, type Template, type TemplateFile } from './catalog.ts';
import type { Base } from './draft.ts';
import { DAY_MS } from '../../fhir/durations.ts';

const PLANS = 'status=active&category=urn:reprise:care-plan%7Cexercise-programme';
/** As far back as proposals look, and a little more. */
const BACK_DAYS = 21;

/** Knowledge, about no patient: asked once while the page is open. */
export interface Knowledge {
  catalog: ReadonlyMap<string, Known>;
  templates: readonly Template[];
  rules: readonly string[];
}

export async function loadKnowledge(): Promise<Knowledge> {
  const [exercises, protocols, contraindications] = await Promise.all([
    searchAll<ActivityDefinition>('ActivityDefinition', '?status=active&_count=1000'),
    searchAll<PlanDefinition>('PlanDefinition', '?type=clinical-protocol&status=active&_count=1000'),
    searchAll<PlanDefinition>(
      'PlanDefinition',
      '?type=urn:reprise:plan-definition%7Ccontraindication&status=active&_count=1000',
    ),
  ]);
  return {
    catalog: catalogOf(exercises),
    templates: newestOfEach(protocols).flatMap((one) => {
      const attached = attachedFile<TemplateFile>(one);
      return attached
        ? [{ ...attached, canonical: `${one.url ?? ''}|${one.version ?? ''}`, reviewed: one.subtitle }]
        : [];
    }),
    rules: newestOfEach(contraindications).flatMap((one) => attachedFile(one)?.json ?? []),
  };
}

export interface Loaded {
  base: Base;
  patient: Patient;
  conditions: readonly Condition[];
  /** Loads texts for the engine: the patient with the clinic, conditions, recent sets, consents. */
  texts: { patient: string; conditions: readonly string[]; plan: string; done: readonly string[]; consents: string };
  decided: readonly Task[];
}

export async function loadBase(id: string): Promise<Base> {
  const text = await fhirRead(
    `CarePlan?subject=Patient/${id}&${PLANS}&_include=CarePlan:activity-reference:ServiceRequest`,
  );
  return baseIn(text);
}

function baseIn(text: string): Base {
  return {
    plan: resourcesIn<CarePlan>([text], 'CarePlan')[0],
    requests: resourcesIn<ServiceRequest>([text], 'ServiceRequest'),
  };
}

/** Throws a Failure where the patient may not be seen. */
export async function loadPatient(id: string): Promise<Loaded> {
  const of = `subject=Patient/${id}`;
  const since = encodeURIComponent(new Date(Date.now() - BACK_DAYS * DAY_MS).toISOString());
  const [alone, patient, conditions, plan, procedures, observations, tasks, consents] = await Promise.all([
    fhirRead(`Patient/${id}`),
    fhirRead(`Patient?_id=${id}&_include=Patient:organization:Organization`),
    fhirRead(`Condition?${of}&_count=1000`),
    fhirRead(`CarePlan?${of}&${PLANS}&_include=CarePlan:activity-reference:ServiceRequest`),
    fhirRead(`Procedure?${of}&date=ge${since}&_count=1000`),
    fhirRead(`Observation?${of}&date=ge${since}&${NOT_LIVE}&_count=1000`),
    searchAll<Task>('Task', `?patient=${id}&code=urn:reprise:proposal%7Cintensity&_count=1000`),
    fhirRead(`Consent?patient=${id}&status=active&_sort=-date&_count=100`),
  ]);
  return {
    base: baseIn(plan),
    patient: JSON.parse(alone) as Patient,
    conditions: resourcesIn<Condition>([conditions], 'Condition'),
    decided: tasks,
    texts: { patient, conditions: [conditions], plan, done: [procedures, observations], consents },
  };
}

/** All versions of the plan and of every exercise that it ever had, and who made them. */
export async function loadVersions(
  plan: CarePlan,
): Promise<{ plans: CarePlan[]; requests: ServiceRequest[]; people: ReadonlyMap<string, string> }> {
  const plans = await searchAll<CarePlan>('CarePlan', `/${plan.id ?? ''}/_history?_count=100`);
  const ids = [
    ...new Set(
      plans
        .flatMap(({ activity = [] }) => activity)
        .flatMap(({ reference }) => /ServiceRequest\/([A-Za-z0-9.-]+)$/.exec(reference?.reference ?? '')?.[1] ?? []),
    ),
  ];
  const requests = (
    await Promise.all(ids.map((id) => searchAll<ServiceRequest>('ServiceRequest', `/${id}/_history?_count=100`)))
  ).flat();
  const authors = [...new Set(plans.flatMap(({ author }) => author?.reference?.replace(/^Practitioner\//, '') ?? []))];
  const people = authors.length === 0 ? [] : await searchAll<Practitioner>('Practitioner', `?_id=${authors.join(',')}`);
  return { plans, requests, people: new Map(people.map((one) => [one.id ?? '', nameOf(one) ?? ''])) };
}

/** Who has written the plan last; nothing where it does not say. */
export async function nameOfAuthor({ author }: CarePlan): Promise<string | undefined> {
  const id = author?.reference?.replace(/^Practitioner\//, '');
  if (!id) return undefined;
  const [person] = await searchAll<Practitioner>('Practitioner', `?_id=${id}`);
  return person && nameOf(person);
}
