// SPDX-License-Identifier: Apache-2.0
import type { CarePlan, Observation, Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import {
  RepriseError,
  type BalanceRequest,
  type EnduranceRequest,
  type PhoneTestRequest,
  type Reprise,
  type RequestedQuestionnaire,
} from 'reprise-engine';
import { searchAll, searchPages } from '../../data/fhir_search.ts';
import { namedBy, resourcesIn } from '../../fhir/resources.ts';
import { change, createWith } from '../../data/write.ts';
import { fhirRead, Failure } from '../../data/api.ts';
import { localTime } from '../../fhir/local_time.ts';
import { engine } from '../../data/engine.ts';
import { valuesOfOwnRequests } from '../../data/programme.ts';
import { loadForEngine, stillAllowed, type Standing } from '../../clinical/chart/load.ts';

export interface Loaded {
  /** Id of the CarePlan; undefined: there is no programme, or it cannot be read. */
  plan: string | undefined;
  requests: RequestedQuestionnaire[];
  /** Tests with the phone. */
  tests: PhoneTestRequest[];
  endurance: EnduranceRequest[];
  balance: BalanceRequest[];
  questionnaires: Questionnaire[];
  responses: QuestionnaireResponse[];
}

const planOf = (patient: string) =>
  `CarePlan?subject=Patient/${patient}&status=active&category=urn:reprise:care-plan%7Cexercise-programme` +
  `&_include=CarePlan:activity-reference:ServiceRequest`;

/** As it is now: the chart's own copy may be older. */
export async function loadOrders(patient: string, standing: Standing): Promise<Loaded> {
  const [plans, questionnaires, responses] = await stillAllowed(
    patient,
    Promise.all([
      fhirRead(planOf(patient)),
      searchAll<Questionnaire>('Questionnaire', '?status=active,retired&_count=200'),
      searchPages(
        `QuestionnaireResponse?subject=Patient/${patient}&status=completed,amended&_sort=-authored&_count=1000` +
          `&_elements=status,questionnaire,authored,subject`,
      ),
    ]),
  );
  const [person = '', , consents = ''] = standing.texts;
  const [reprise, texts, values] = await Promise.all([
    engine(),
    loadForEngine({ ...standing, texts: [person, plans, consents] }),
    valuesOfOwnRequests(plans),
  ]);
  const given = { questionnaires, responses: resourcesIn<QuestionnaireResponse>(responses, 'QuestionnaireResponse') };
  try {
    const today = localTime(new Date()).slice(0, 10);
    const { tests, endurance, balance } = reprise.programme([...texts, ...values]);
    return { ...given, tests, endurance, balance, ...reprise.requestedQuestionnaires([...texts, ...responses], today) };
  } catch (error) {
    if (error instanceof RepriseError)
      return { ...given, requests: [], tests: [], endurance: [], balance: [], plan: undefined };
    throw error;
  }
}

/**
 * Applies `work` to the present plan and writes the result. Retries once if another user was quicker: the change adds
 * or ends one order and touches nothing else.
 */
async function onNewest(id: string, work: (plan: CarePlan) => Promise<unknown>): Promise<void> {
  for (let left = 1; ; --left) {
    try {
      await work(JSON.parse(await fhirRead(`CarePlan/${id}`)) as CarePlan);
      return;
    } catch (error) {
      if (left === 0 || !(error instanceof Failure) || error.status !== 412) throw error;
    }
  }
}

export const changePlan = (id: string, work: (plan: CarePlan, reprise: Reprise) => CarePlan) =>
  onNewest(id, async (plan) => change(work(plan, await engine())));
/** `made`: what the plan then refers to. */
export const addToPlan = (id: string, made: { resourceType: string }, work: (plan: CarePlan) => CarePlan) =>
  onNewest(id, (plan) => createWith(made, work(plan)));

/**
 * Returns the answered questionnaire: in that version, else the newest of the same address; undefined if the record has
 * none.
 */
async function askedBy(canonical: string | undefined): Promise<Questionnaire | undefined> {
  const url = canonical?.replace(/\|.*$/, '');
  return url
    ? namedBy(canonical, await searchAll<Questionnaire>('Questionnaire', `?url=${encodeURIComponent(url)}&_count=200`))
    : undefined;
}

/** Loads an answer with its questionnaire and its scores. */
export async function loadAnswer(
  id: string,
): Promise<{ answered: QuestionnaireResponse; questionnaire: Questionnaire | undefined; scores: Observation[] }> {
  const [text, scores] = await Promise.all([
    fhirRead(`QuestionnaireResponse/${id}`),
    searchAll<Observation>('Observation', `?derived-from=QuestionnaireResponse/${id}&_count=50`),
  ]);
  const answered = JSON.parse(text) as QuestionnaireResponse;
  return { answered, questionnaire: await askedBy(answered.questionnaire), scores };
}
