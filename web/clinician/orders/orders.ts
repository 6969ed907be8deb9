// SPDX-License-Identifier: Apache-2.0
// Which questionnaires a patient is asked for, and what became of each. The engine reads and writes the requests
// (care/plan/requested_questionnaires.h). Pure.
import type { Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import type { RequestedQuestionnaire } from 'reprise-engine';
import { newest } from '../../fhir/resources.ts';
import { unsupported } from '../../fhir/questionnaire/support.ts';

export interface AskedOrder extends Omit<RequestedQuestionnaire, 'answers'> {
  questionnaire: Questionnaire | undefined;
  /** Those that count, the newest first. */
  answers: QuestionnaireResponse[];
}

/** The requests with their questionnaires and answers. */
export const askedOrders = (
  requests: readonly RequestedQuestionnaire[],
  questionnaires: readonly Questionnaire[],
  responses: readonly QuestionnaireResponse[],
): AskedOrder[] =>
  requests.map(({ answers, ...request }) => {
    const [url, version] = request.canonical.split('|');
    return {
      ...request,
      questionnaire: newest(
        questionnaires.filter(
          (one) => one.url === url && (version ? one.version === version : one.status === 'active'),
        ),
      ),
      answers: answers.flatMap((id) => responses.find((one) => one.id === id) ?? []),
    };
  });

const AROUND_SETS = ['red-flags', 'before-exercise', 'after-exercise', 'next-morning', 'self-assessment'].map(
  (name) => `urn:reprise:questionnaire:${name}`,
);

/** The newest version of each that the patient's app can show whole, and that is not asked around exercises anyway. */
export function offered(questionnaires: readonly Questionnaire[]): Questionnaire[] {
  const urls = [...new Set(questionnaires.map(({ url }) => url))].filter((url) => url && !AROUND_SETS.includes(url));
  return urls.flatMap((url) => {
    const one = newest(questionnaires.filter((other) => other.url === url && other.status === 'active'));
    return one && unsupported(one) === undefined ? [one] : [];
  });
}
