// SPDX-License-Identifier: Apache-2.0
// Loads a chart: adjacent intervals of time, older ones on demand. Of resources with long texts it loads only the
// elements on screen (`_elements`); sets and values it loads whole and without codes: that takes a third of the time.
import type {
  ActivityDefinition,
  Appointment,
  CarePlan,
  CareTeam,
  Communication,
  Composition,
  Condition,
  Consent,
  Encounter,
  Flag,
  Goal,
  Observation,
  Patient,
  Practitioner,
  Procedure,
  QuestionnaireResponse,
  RelatedPerson,
  ServiceRequest,
} from 'fhir/r4';
import { textFromBase64 } from '../../data/base64.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { canonicalsIn, newest, resourcesIn, type Stored } from '../../fhir/resources.ts';
import { fhirRead, Failure } from '../../data/api.ts';
import { LIVE, NOT_LIVE } from '../../fhir/sensed.ts';
import type { Happened, Titled } from './days.ts';
import { DAY_MS } from '../../fhir/durations.ts';

const PAGE = 1000;
/** The length of an interval. With ten sets a day, a page is about full. */
const STRETCH_MS = 21 * DAY_MS;
/** The record has no earlier value. */
const FIRST_MS = Date.UTC(2020, 0, 1);

/**
 * Returns a search about a patient. Throws a Failure if the reader may no longer see the patient: the search alone
 * would merely be empty.
 */
export async function stillAllowed<T>(patient: string, work: Promise<T>): Promise<T> {
  const [, value] = await Promise.all([fhirRead(`Patient/${patient}`), work]);
  return value;
}

export interface Standing {
  patient: Patient;
  conditions: Condition[];
  plans: CarePlan[];
  requests: ServiceRequest[];
  teams: CareTeam[];
  people: Practitioner[];
  consents: Consent[];
  flags: Flag[];
  goals: Goal[];
  /** The resources as text, for the engine. */
  texts: string[];
}

/** Throws a Failure if the user may not see the patient, because a search would merely be empty. */
export async function mayStillSee(id: string): Promise<void> {
  const [patient] = resourcesIn<Patient>([await fhirRead(`Patient?_id=${id}&_elements=id`)], 'Patient');
  if (!patient) throw new Failure('not-allowed', 0, 403);
}

/** Loads the current resources. */
export async function loadStanding(id: string): Promise<Standing> {
  const of = `subject=Patient/${id}`;
  const [patient, conditions, plans, teams, consents, flags, goals] = await Promise.all([
    fhirRead(`Patient/${id}`),
    searchAll<Condition>('Condition', `?${of}&_count=${PAGE}`),
    fhirRead(
      `CarePlan?${of}&status=active&category=urn:reprise:care-plan%7Cexercise-programme` +
        `&_include=CarePlan:activity-reference:ServiceRequest`,
    ),
    fhirRead(`CareTeam?${of}&status=active&_include=CareTeam:participant:Practitioner`),
    fhirRead(`Consent?patient=${id}&status=active&_sort=-date&_count=${PAGE}`),
    searchAll<Flag>('Flag', `?patient=${id}&_count=${PAGE}`),
    searchAll<Goal>('Goal', `?patient=${id}&_count=${PAGE}`),
  ]);
  return {
    patient: JSON.parse(patient) as Patient,
    conditions,
    plans: resourcesIn<CarePlan>([plans], 'CarePlan'),
    requests: resourcesIn<ServiceRequest>([plans], 'ServiceRequest'),
    teams: resourcesIn<CareTeam>([teams], 'CareTeam'),
    people: resourcesIn<Practitioner>([teams], 'Practitioner'),
    consents: resourcesIn<Consent>([consents], 'Consent'),
    flags,
    goals,
    texts: [
      JSON.stringify({
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ resource: JSON.parse(patient) as object }],
      }),
      plans,
      consents,
    ],
  };
}

/** Loads the exercises' files and the clinic, so that the engine can read the programme. */
export async function loadForEngine({ patient, texts }: Standing): Promise<string[]> {
  const { exercises } = canonicalsIn(texts[1] ?? '{}');
  const organization = patient.managingOrganization?.reference;
  const others = await Promise.all([
    ...(exercises.length === 0
      ? []
      : [fhirRead(`ActivityDefinition?url=${exercises.map(encodeURIComponent).join(',')}&_count=${PAGE}`)]),
    // A search does not fail if the clinic was deleted, so that the chart stays open.
    ...(organization?.startsWith('Organization/')
      ? [fhirRead(`Organization?_id=${organization.slice('Organization/'.length)}`)]
      : []),
  ]);
  return [...texts, ...others];
}

export interface Stretch {
  procedures: Stored<Procedure>[];
  observations: Observation[];
}

const at = (ms: number) => new Date(ms).toISOString();
const between = (parameter: string, from: number, to?: number) =>
  `&${parameter}=ge${at(from)}${to === undefined ? '' : `&${parameter}=lt${at(to)}`}`;

/** Only the newest of an interval are loaded. Unsourced default. */
const MOST_LIVE = 1000;

/** Loads sets and their values, thousands of a patient who exercises daily. `to` undefined: to the end. */
async function loadStretch(id: string, from: number, to: number | undefined): Promise<Stretch> {
  const of = `?subject=Patient/${id}&_count=${PAGE}${between('date', from, to)}`;
  const liveOf = `?subject=Patient/${id}&_count=${MOST_LIVE}${between('date', from, to)}&_sort=-date`;
  const [procedures, observations, live] = await Promise.all([
    searchAll<Procedure>('Procedure', of),
    searchAll<Observation>('Observation', `${of}&${NOT_LIVE}`),
    fhirRead(`Observation${liveOf}&${LIVE}`),
  ]);
  return { procedures, observations: [...observations, ...resourcesIn<Observation>([live], 'Observation')] };
}

/** Loads the answers. */
async function titlesOf(responses: readonly QuestionnaireResponse[]): Promise<Titled[]> {
  const urls = new Set(responses.flatMap(({ questionnaire }) => questionnaire?.replace(/\|.*$/, '') || []));
  return urls.size === 0
    ? []
    : searchAll<Titled>(
        'Questionnaire',
        `?url=${[...urls].map(encodeURIComponent).join(',')}&_count=${PAGE}&_elements=url,version,title`,
      );
}

/** Loads the rare events. */
async function loadHappened(id: string, from: number): Promise<Omit<Happened, 'flags'>> {
  const of = `?subject=Patient/${id}&_count=${PAGE}`;
  const [encounters, appointments, responses, notes, messages, carers] = await Promise.all([
    searchAll<Encounter>('Encounter', `${of}${between('date', from)}`),
    // Future events are left out.
    searchAll<Appointment>('Appointment', `?patient=Patient/${id}&_count=${PAGE}${between('date', from, Date.now())}`),
    searchAll<QuestionnaireResponse>(
      'QuestionnaireResponse',
      `${of}${between('authored', from)}&_elements=status,questionnaire,authored,author`,
    ),
    searchAll<Composition>('Composition', `${of}${between('date', from)}&_elements=status,title,date,type`),
    searchAll<Communication>('Communication', `${of}${between('sent', from)}&_elements=status,category,sender,sent`),
    searchAll<RelatedPerson>('RelatedPerson', `?patient=Patient/${id}&_count=${PAGE}`),
  ]);
  return { encounters, appointments, responses, questionnaires: await titlesOf(responses), notes, messages, carers };
}

/** Returns the time of the first set in the record. */
async function firstSet(id: string): Promise<number> {
  const text = await fhirRead(
    `Procedure?subject=Patient/${id}&date=ge${at(FIRST_MS)}&_sort=date&_count=1&_elements=performed`,
  );
  const start = Date.parse(resourcesIn<Procedure>([text], 'Procedure')[0]?.performedPeriod?.start ?? '');
  return Number.isNaN(start) ? Date.now() : start;
}

export interface ChartHistory extends Stretch {
  happened: Omit<Happened, 'flags'>;
  from: number;
}

/** Keeps the loaded intervals: an older one is loaded once. */
export class History {
  #stretches = new Map<number, Promise<Stretch>>();

  constructor(readonly patient: string) {}

  #stretch(i: number, last: number): Promise<Stretch> {
    const there =
      this.#stretches.get(i) ??
      loadStretch(this.patient, i * STRETCH_MS, i === last ? undefined : (i + 1) * STRETCH_MS);
    this.#stretches.set(i, there);
    there.catch(() => this.#stretches.delete(i));
    return there;
  }

  /** Loads from `from` on; undefined: from the first set on. Later than now, too: some clocks are wrong. */
  async since(from: number | undefined, now: number): Promise<ChartHistory> {
    const start = from ?? Math.max(FIRST_MS, await firstSet(this.patient));
    const [first, last] = [Math.floor(start / STRETCH_MS), Math.floor(now / STRETCH_MS)];
    const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => last - i);
    const [happened, ...stretches] = await Promise.all([
      loadHappened(this.patient, first * STRETCH_MS),
      ...numbers.map((i) => this.#stretch(i, last)),
    ]);
    return {
      procedures: stretches.flatMap(({ procedures }) => procedures),
      observations: stretches.flatMap(({ observations }) => observations),
      happened,
      from: start,
    };
  }

  /** Loads the newest interval again next time; older ones when the page is loaded anew. */
  forgetNewest(now: number) {
    this.#stretches.delete(Math.floor(now / STRETCH_MS));
  }
}

/** Loads all versions of all programmes, ended ones too, and of every exercise that they ever had. */
export async function loadVersions(patient: string): Promise<(ServiceRequest | CarePlan)[][]> {
  const plans = await searchAll<CarePlan>(
    'CarePlan',
    `?subject=Patient/${patient}&category=urn:reprise:care-plan%7Cexercise-programme&_count=${PAGE}&_elements=status`,
  );
  const ofPlans = await Promise.all(
    plans.map(({ id = '' }) => searchAll<CarePlan>('CarePlan', `/${id}/_history?_count=100`)),
  );
  const references = ofPlans
    .flat()
    .flatMap(({ activity = [] }) => activity)
    .map(({ reference }) => /ServiceRequest\/([A-Za-z0-9.-]+)$/.exec(reference?.reference ?? '')?.[1]);
  const requests = [...new Set(references)].filter((id) => id !== undefined);
  return [
    ...ofPlans,
    ...(await Promise.all(
      requests.map((id) => searchAll<ServiceRequest>('ServiceRequest', `/${id}/_history?_count=100`)),
    )),
  ];
}

/** Loads the newest file of an exercise as text; undefined if there is none. */
export async function loadExercise(id: string, version: string | undefined): Promise<string | undefined> {
  const all = await searchAll<ActivityDefinition>(
    'ActivityDefinition',
    `?url=${encodeURIComponent(`urn:reprise:exercise:${id}`)}${version ? `&version=${version}` : ''}&_count=100`,
  );
  const data = newest(all)?.relatedArtifact?.find(({ document }) => document?.contentType === 'application/json')
    ?.document?.data;
  return data === undefined ? undefined : textFromBase64(data);
}
