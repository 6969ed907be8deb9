// SPDX-License-Identifier: Apache-2.0
// Which questionnaires a patient is asked for, and what became of each: docs/reference/programme.md. Pure.
import type {
  CarePlan,
  CarePlanActivityDetail,
  CodeableConcept,
  Extension,
  Questionnaire,
  QuestionnaireResponse,
} from 'fhir/r4';
import type { Programme } from 'reprise-engine';
import { newest } from '../../fhir/resources.ts';
import { dayAfter } from '../../fhir/wall_time.ts';
import { unsupported } from '../../fhir/questionnaire/support.ts';

const ACTIVITY = 'urn:reprise:activity';
const SINCE = 'urn:reprise:asked-since';
const BY = 'urn:reprise:answer-by';

export type State = 'due' | 'later' | 'overdue' | 'done' | 'withdrawn' | 'unreadable';

const urlOf = (canonical: string) => canonical.replace(/\|.*$/, '');
const hasCode = (concept: CodeableConcept | undefined, system: string, code: string) =>
  concept?.coding?.some((one) => one.system === system && one.code === code) ?? false;
const asks = ({ code }: CarePlanActivityDetail) => hasCode(code, ACTIVITY, 'questionnaire');
const dateIn = ({ extension }: CarePlanActivityDetail, url: string) => {
  const found = extension?.find((one) => one.url === url) as (Extension & { valueDate?: string }) | undefined;
  return found?.valueDateTime ?? found?.valueDate;
};
const isOpen = ({ status }: CarePlanActivityDetail) =>
  status === 'not-started' || status === 'scheduled' || status === 'in-progress';

export interface AskedOrder {
  /** Which activity of the plan it is. */
  key: string;
  canonical: string;
  questionnaire: Questionnaire | undefined;
  everyDays: number;
  reason: string | undefined;
  since: string | undefined;
  by: string | undefined;
  due: string | undefined;
  state: State;
  /** Those that count, the newest first. */
  answers: QuestionnaireResponse[];
}

/** The same one after others were added or changed. */
const keyOf = ({ instantiatesCanonical = [], ...detail }: CarePlanActivityDetail) =>
  `${instantiatesCanonical[0] ?? ''} ${dateIn(detail, SINCE) ?? ''}`;

function stateOf(
  detail: CarePlanActivityDetail,
  programme: Programme | undefined,
  today: string,
): Pick<AskedOrder, 'state' | 'due' | 'everyDays'> {
  const canonical = detail.instantiatesCanonical?.[0] ?? '';
  const by = dateIn(detail, BY);
  // What the engine makes of it is what the patient's app shows.
  const read = isOpen(detail)
    ? programme?.questionnaires.find((one) => one.canonical === canonical && one.answerBy === (by ?? null))
    : undefined;
  if (!isOpen(detail))
    return { state: detail.status === 'completed' ? 'done' : 'withdrawn', due: undefined, everyDays: 0 };
  if (!read) return { state: 'unreadable', due: undefined, everyDays: 0 };
  const due = read.due ?? undefined;
  const { everyDays } = read;
  if (read.done) return { state: 'done', due, everyDays };
  const late =
    by !== undefined && read.lastAnswered === null
      ? by
      : everyDays > 0 && due !== undefined
        ? dayAfter(due, everyDays)
        : undefined;
  return {
    state: late !== undefined && today > late ? 'overdue' : due !== undefined && due > today ? 'later' : 'due',
    due,
    everyDays,
  };
}

/** Returns the orders, closed ones last. `today`: by the clock of the reader. */
export function askedOrders(
  { activity = [] }: CarePlan,
  programme: Programme | undefined,
  questionnaires: readonly Questionnaire[],
  responses: readonly QuestionnaireResponse[],
  today: string,
): AskedOrder[] {
  const orders = activity
    .flatMap(({ detail }) => (detail && asks(detail) ? [detail] : []))
    .map((detail): AskedOrder => {
      const canonical = detail.instantiatesCanonical?.[0] ?? '';
      const [url, version] = canonical.split('|');
      const since = dateIn(detail, SINCE);
      return {
        key: keyOf(detail),
        canonical,
        since,
        by: dateIn(detail, BY),
        reason: detail.description,
        ...stateOf(detail, programme, today),
        questionnaire: newest(
          questionnaires.filter(
            (one) => one.url === url && (version ? one.version === version : one.status === 'active'),
          ),
        ),
        answers: responses
          .filter(
            (one) =>
              urlOf(one.questionnaire ?? '') === url &&
              (one.status === 'completed' || one.status === 'amended') &&
              (since === undefined || Date.parse(one.authored ?? '') >= Date.parse(since)),
          )
          .sort((a, b) => Date.parse(b.authored ?? '') - Date.parse(a.authored ?? '')),
      };
    });
  const over = ({ state }: AskedOrder) => state === 'done' || state === 'withdrawn';
  return orders.sort((a, b) => Number(over(a)) - Number(over(b)));
}

const AROUND_SETS = ['red-flags', 'before-exercise', 'after-exercise', 'next-morning'].map(
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

export interface NewAsk {
  url: string;
  everyDays: number;
  by: string | undefined;
  reason: string;
  /** As FHIR writes times. */
  since: string;
}

export const withAsk = (plan: CarePlan, { url, everyDays, by, reason, since }: NewAsk): CarePlan => ({
  ...plan,
  activity: [
    ...(plan.activity ?? []),
    {
      detail: {
        extension: [{ url: SINCE, valueDateTime: since }, ...(by ? [{ url: BY, valueDate: by }] : [])],
        code: { coding: [{ system: ACTIVITY, code: 'questionnaire' }] },
        instantiatesCanonical: [url],
        status: 'scheduled',
        ...(everyDays > 0 && { scheduledTiming: { repeat: { frequency: 1, period: everyDays, periodUnit: 'd' } } }),
        ...(reason.trim() && { description: reason.trim() }),
      },
    },
  ],
});

/** With another status of what the key names. */
export const withStatus = (plan: CarePlan, key: string, status: 'cancelled' | 'scheduled'): CarePlan => ({
  ...plan,
  activity: (plan.activity ?? []).map((one) =>
    one.detail && asks(one.detail) && keyOf(one.detail) === key ? { ...one, detail: { ...one.detail, status } } : one,
  ),
});
