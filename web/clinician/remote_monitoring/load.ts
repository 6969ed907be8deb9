// SPDX-License-Identifier: Apache-2.0
// What the page asks the record for, and what the engine makes of it.
import type {
  CarePlan,
  Claim,
  Encounter,
  Organization,
  Patient,
  Procedure,
  QuestionnaireResponse,
  Task,
} from 'fhir/r4';
import type { RemoteMonitoring } from 'reprise-engine';
import rules2025 from '../../../catalog/billing/us_rtm_2025.json?raw';
import rules2026 from '../../../catalog/billing/us_rtm_2026.json?raw';
import { localTime } from '../../fhir/local_time.ts';
import { searchPages } from '../../data/fhir_search.ts';
import { byName, whoAre, type Who } from '../../fhir/people.ts';
import { NAMED } from '../../data/patients.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { fhirRead } from '../../data/api.ts';
import { engine } from '../../data/engine.ts';
import { MONITORING } from './forms.ts';
import { zoneBetween } from '../../fhir/wall_time.ts';
import { DAY_MS } from '../../fhir/durations.ts';

const RULES = [rules2025, rules2026];
const PAGE = 1000;
/** Lines of periods that began before are not shown: what they rest on was not asked for. */
const MONTHS_BACK = 4;
const PLANS = 'urn:reprise:care-plan%7C';

export const today = () => localTime(new Date()).slice(0, 10);

function firstDay(): string {
  const now = new Date();
  return localTime(new Date(now.getFullYear(), now.getMonth() - MONTHS_BACK, 1)).slice(0, 10);
}

/** A set or an answer of each day is enough to count it: measured values are not loaded. */
async function textsOf(id: string, from: string): Promise<string[]> {
  const of = `subject=Patient/${id}&_count=${PAGE}`;
  const all = await Promise.all([
    fhirRead(`Patient?_id=${id}&_include=Patient:organization:Organization`).then((text) => [text]),
    searchPages(`CarePlan?${of}&category=${PLANS}remote-monitoring,${PLANS}other-monitoring`),
    searchPages(`Procedure?${of}&date=ge${from}&_elements=status,identifier,subject,code,basedOn,performed,performer`),
    searchPages(
      `Procedure?${of}&code=${MONITORING}%7Cset-up` +
        `&_elements=status,identifier,subject,code,basedOn,performed,performer`,
    ),
    searchPages(
      `QuestionnaireResponse?${of}&authored=ge${from}&_elements=status,subject,author,source,authored,questionnaire`,
    ),
    searchPages(`Task?patient=${id}&code=${MONITORING}%7Cmanagement&_count=${PAGE}`),
    searchPages(`Encounter?${of}&type=${MONITORING}%7Cinteraction`),
    searchPages(`Claim?patient=${id}&_count=${PAGE}`),
  ]);
  return all.flat();
}

export interface Loaded {
  patient: Patient;
  counted: RemoteMonitoring;
  plans: CarePlan[];
  times: Task[];
  talks: Encounter[];
  /** What a reference leads to: when it was. */
  moments: Map<string, string>;
  organization: Organization | undefined;
}

type Dated = Procedure | QuestionnaireResponse | Task | Encounter | CarePlan | Claim;

function momentOf(one: Dated): string | undefined {
  switch (one.resourceType) {
    case 'Procedure':
      return one.performedPeriod?.start ?? one.performedDateTime;
    case 'QuestionnaireResponse':
      return one.authored;
    case 'Task':
      return one.executionPeriod?.start;
    case 'Encounter':
      return one.period?.start;
    case 'CarePlan':
      return one.period?.start ?? one.created;
    case 'Claim':
      return one.created;
  }
}

function momentsIn(texts: readonly string[]): Map<string, string> {
  const types: Dated['resourceType'][] = [
    'Procedure',
    'QuestionnaireResponse',
    'Task',
    'Encounter',
    'CarePlan',
    'Claim',
  ];
  return new Map(
    types
      .flatMap((type) => resourcesIn<Dated>(texts, type))
      .flatMap((one): [string, string][] => {
        const when = momentOf(one);
        return when ? [[`${one.resourceType}/${one.id}`, when]] : [];
      }),
  );
}

export async function loadMonitoring(id: string, practitioner: string | undefined): Promise<Loaded> {
  const from = firstDay();
  const [texts, made] = await Promise.all([textsOf(id, from), engine()]);
  const now = Date.now();
  const counted = made.remoteMonitoring(texts, RULES, {
    patient: id,
    today: today(),
    from,
    zone: zoneBetween(now - 500 * DAY_MS, now + 60 * DAY_MS),
    practitioner: practitioner ?? null,
    created: localTime(new Date(now)),
  });
  const newestFirst = (a: string | undefined, b: string | undefined) => Date.parse(b ?? '') - Date.parse(a ?? '');
  const [patient] = resourcesIn<Patient>(texts, 'Patient');
  return {
    patient: patient ?? { resourceType: 'Patient', id },
    counted,
    plans: resourcesIn<CarePlan>(texts, 'CarePlan'),
    times: resourcesIn<Task>(texts, 'Task')
      .filter(({ status }) => status === 'completed')
      .sort((a, b) => newestFirst(a.executionPeriod?.start, b.executionPeriod?.start)),
    talks: resourcesIn<Encounter>(texts, 'Encounter').sort((a, b) => newestFirst(a.period?.start, b.period?.start)),
    moments: momentsIn(texts),
    organization: resourcesIn<Organization>(texts, 'Organization')[0],
  };
}

export interface Monitored {
  patients: Who[];
  others: Who[];
}

/** Whose monitoring goes on, and all others. */
export async function loadPatients(): Promise<Monitored> {
  const [plans, everybody] = await Promise.all([
    searchPages(`CarePlan?category=${PLANS}remote-monitoring&status=active&_count=${PAGE}`),
    searchPages(`Patient?_elements=${NAMED}&_count=${PAGE}`),
  ]);
  const ids = new Set(
    resourcesIn<CarePlan>(plans, 'CarePlan').map(({ subject }) => subject?.reference?.replace(/^.*Patient\//, '')),
  );
  const all = whoAre(resourcesIn<Patient>(everybody, 'Patient')).sort(byName);
  return { patients: all.filter(({ id }) => ids.has(id)), others: all.filter(({ id }) => !ids.has(id)) };
}
