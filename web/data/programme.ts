// SPDX-License-Identifier: Apache-2.0
// The programme as the record has it, and as this device keeps it for when there is no network.
import type { Flag, Procedure, Questionnaire } from 'fhir/r4';
import type { ProgrammeEngine, Programme, QuestionnaireRequest } from 'reprise-engine';
import { RepriseError } from 'reprise-programme';
import { fhirRead, Failure } from './api.ts';
import { programmeEngine } from './engine.ts';
import { answeredHere, forgetAnswered, lackingIds, rememberLacking, unsentIds } from './answered.ts';
import { withEased } from './eased.ts';
import { exerciseDefinitions } from './exercise_definitions.ts';
import { networkFirst, kept, type Known } from './network_first.ts';
import { aboutAnswers, answersIn, forgetHolds, keptAnswers, keptHolds } from './holds.ts';
import { assessmentsIn, withoutDone } from '../fhir/assessments.ts';
import { ownRequestsIn } from '../fhir/own_requests.ts';
import { canonicalsIn, newest, resourcesIn } from '../fhir/resources.ts';
import { releasesOf } from '../fhir/self_releases.ts';

/** The questionnaires before and after exercising. */
const ASKED = ['red-flags', 'before-exercise', 'after-exercise', 'next-morning'] as const;
export type AskedName = (typeof ASKED)[number];
const questionnaireUrl = (name: AskedName) => `urn:reprise:questionnaire:${name}`;
export type Questionnaires = Readonly<Record<AskedName, Questionnaire>>;

/** A questionnaire that the patient is asked to answer, with its texts. */
export interface OpenQuestionnaire {
  asked: QuestionnaireRequest;
  questionnaire: Questionnaire | undefined;
}

export interface Loaded {
  /** Undefined: the clinic has sent none. */
  programme: Programme | undefined;
  questionnaires: Questionnaires;
  /** The clinic's own; without `questionnaire`: the record does not have it. */
  asked: readonly OpenQuestionnaire[];
  /** When the record was asked, and why it was not asked now. */
  at: string;
  failure?: Failure;
}

/** Throws if the record lacks one: without its questions no patient exercises. */
function questionnairesIn(bundles: readonly string[]): Questionnaires {
  const found = resourcesIn<Questionnaire>(bundles, 'Questionnaire');
  return Object.fromEntries(
    ASKED.map((name) => {
      const one = newest(found.filter(({ url }) => url === questionnaireUrl(name)));
      if (!one) throw new Failure('not-found');
      return [name, one];
    }),
  ) as unknown as Questionnaires;
}

/** What a canonical names: that version, or the newest that is active. */
function named(canonical: string, all: readonly Questionnaire[]): Questionnaire | undefined {
  const [url, version] = canonical.split('|');
  return newest(all.filter((one) => one.url === url && (version ? one.version === version : one.status === 'active')));
}

/** The clinic's own questionnaires, and when each was answered last. */
async function ownQuestionnaires(patient: string, urls: readonly string[]): Promise<string[]> {
  if (urls.length === 0) return [];
  return Promise.all([
    fhirRead(`Questionnaire?url=${urls.map(encodeURIComponent).join(',')}&_count=100`),
    ...urls.map((url) =>
      fhirRead(
        `QuestionnaireResponse?subject=Patient/${patient}&questionnaire=${encodeURIComponent(url)}` +
          `&status=completed,amended&_sort=-authored&_count=1`,
      ),
    ),
  ]);
}

/** By its last sessions a balance programme's level is found: two counts of each level, at most three levels each. */
const COUNTS = 'code=urn:reprise:signal-measure%7Cholds,urn:reprise:signal-measure%7Cholds_whole&_count=150';

/** Of each request that a patient follows alone the newest value; of a balance programme, its last sessions. */
export const valuesOfOwnRequests = (plans: string): Promise<string[]> =>
  Promise.all(
    ownRequestsIn(plans).map(({ id, kind }) =>
      fhirRead(
        `Observation?based-on=ServiceRequest/${id}&_sort=-date&${kind === 'balance-programme' ? COUNTS : '_count=1'}`,
      ),
    ),
  );

const key = (account: string) => `programme ${account}`;

/** The Flags that have not ended, by no clock, and those about answers that are kept here as a hold. */
async function flagsOf(account: string, patient: string): Promise<string[]> {
  const before = await keptAnswers(account);
  const active = await fhirRead(`Flag?subject=Patient/${patient}&date=ge9998-01-01&_count=1000`);
  const known = answersIn(resourcesIn<Flag>([active], 'Flag'));
  const others = before.filter((one) => !known.has(one));
  if (others.length === 0) return [active];
  const ended = await fhirRead(`Flag?subject=Patient/${patient}&identifier=${aboutAnswers(others)}`);
  return [active, ended];
}

async function fetched(account: string, patient: string): Promise<string[]> {
  const [plans, flags, ...others] = await Promise.all([
    fhirRead(
      `CarePlan?subject=Patient/${patient}&status=active&category=urn:reprise:care-plan%7Cexercise-programme` +
        `&_include=CarePlan:activity-reference:ServiceRequest`,
    ),
    flagsOf(account, patient),
    fhirRead(`Patient?_id=${patient}&_include=Patient:organization:Organization`),
    fhirRead(`Consent?patient=${patient}&status=active&_sort=-date`),
    fhirRead(releasesOf(patient)),
    fhirRead(`Questionnaire?url=${ASKED.map((name) => encodeURIComponent(questionnaireUrl(name))).join(',')}`),
  ]);
  const { exercises, questionnaires } = canonicalsIn(plans);
  const before = await kept<string[]>(key(account));
  const [own, tests, definitions] = await Promise.all([
    ownQuestionnaires(patient, questionnaires),
    valuesOfOwnRequests(plans),
    exerciseDefinitions(exercises, before?.value ?? []),
  ]);
  return [await onlyOnce(plans), ...flags, ...others, ...own, ...tests, ...definitions];
}

/** A measurement that is due once stays due until it is done. */
async function onlyOnce(plans: string): Promise<string> {
  const ids = assessmentsIn(plans);
  if (ids.length === 0) return plans;
  const requests = ids.map((id) => `ServiceRequest/${id}`).join(',');
  const done = await fhirRead(
    `Procedure?based-on=${requests}&status=completed&_elements=status,basedOn,subject&_count=100`,
  );
  return withoutDone(plans, resourcesIn<Procedure>([done], 'Procedure'));
}

function read(reprise: ProgrammeEngine, bundles: readonly string[]): Programme | undefined {
  try {
    return reprise.programme(bundles);
  } catch (error) {
    if (error instanceof RepriseError && error.code === 'not_found') return undefined;
    throw error;
  }
}

async function loaded(
  account: string,
  { value: bundles, ...when }: Known<string[]>,
  unsent: ReadonlySet<string>,
): Promise<Loaded> {
  // With unsent answers: without a network, a patient is asked once, too.
  const found = read(await programmeEngine(), [
    ...bundles,
    ...(await answeredHere(account, when.at, unsent)),
    ...(await keptHolds(account)),
  ]);
  const programme = found && { ...found, balance: await withEased(account, found.balance) };
  const all = resourcesIn<Questionnaire>(bundles, 'Questionnaire');
  const asked = (programme?.questionnaires ?? []).map((one) => ({
    asked: one,
    questionnaire: named(one.canonical, all),
  }));
  return { programme, questionnaires: questionnairesIn(bundles), asked, ...when };
}

/** Answers whose Flags have all ended. */
function endedIn(bundles: readonly string[]): ReadonlySet<string> {
  const flags = resourcesIn<Flag>(bundles, 'Flag');
  const over = flags.filter(
    ({ status, extension = [] }) =>
      status !== 'active' || extension.some(({ url }) => url === 'urn:reprise:hold-ended'),
  );
  const holding = answersIn(flags.filter((one) => !over.includes(one)));
  return new Set([...answersIn(over)].filter((one) => !holding.has(one)));
}

/** From the record; without a network as it was kept. Throws a Failure where there is neither. */
export async function loadProgramme(account: string, patient: string): Promise<Loaded> {
  const unsent = await unsentIds();
  const known = await networkFirst(key(account), () => fetched(account, patient));
  if (known.failure) return loaded(account, known, new Set([...unsent, ...(await lackingIds(account))]));
  await rememberLacking(account, unsent);
  await forgetAnswered(account, known.at, unsent);
  await forgetHolds(account, endedIn(known.value));
  return loaded(account, known, unsent);
}

/** As it was kept, for showing it until the record has answered. */
export async function loadStoredProgramme(account: string): Promise<Loaded | undefined> {
  const known = await kept<string[]>(key(account));
  return known && loaded(account, known, new Set([...(await unsentIds()), ...(await lackingIds(account))]));
}
