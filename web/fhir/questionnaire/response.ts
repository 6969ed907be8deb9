// SPDX-License-Identifier: Apache-2.0
// Answers as a FHIR QuestionnaireResponse, in the order and the groups of the questionnaire.
import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { Language } from '../../translations/language.tsx';
import { shownIn } from './logic.ts';
import { all, said, type Answer, type Answers } from './model.ts';

interface ResponseItem {
  linkId: string;
  text?: string;
  answer?: (Answer & { item?: ResponseItem[] })[];
  item?: ResponseItem[];
}

/** FHIR's texts hold no other control characters. */
export const cleanText = (text: string) => text.replace(/[^\P{Cc}\n\t]/gu, ' ').trim();

function cleaned(answer: Answer): Answer {
  if ('valueString' in answer) return { valueString: cleanText(answer.valueString) };
  // Translations of a choice's words are the questionnaire's.
  if ('valueCoding' in answer)
    return {
      valueCoding: Object.fromEntries(Object.entries(answer.valueCoding).filter(([name]) => !name.startsWith('_'))),
    };
  return answer;
}

const hasWords = (answer: Answer) => !('valueString' in answer) || cleanText(answer.valueString) !== '';

function itemsOf(
  items: readonly QuestionnaireItem[],
  answers: Answers,
  shown: ReadonlySet<string>,
  language: Language,
): ResponseItem[] {
  return items.flatMap((item): ResponseItem[] => {
    if (!shown.has(item.linkId) || item.type === 'display') return [];
    const inner = itemsOf(item.item ?? [], answers, shown, language);
    const text = said(item.text, item._text, language);
    const head = { linkId: item.linkId, ...(text && { text }) };
    if (item.type === 'group') return inner.length > 0 ? [{ ...head, item: inner }] : [];
    const given = all(answers[item.linkId]).filter(hasWords).map(cleaned);
    return given.length === 0
      ? []
      : [
          {
            ...head,
            answer: given.map((answer, i) => ({ ...answer, ...(i === 0 && inner.length > 0 && { item: inner }) })),
          },
        ];
  });
}

export interface Answered {
  id: string;
  questionnaire: Questionnaire;
  answers: Answers;
  patient: string;
  /** Id of the CarePlan. */
  programme: string;
  simulated: boolean;
  /** As FHIR writes times. */
  authored: string;
  language: Language;
}

const UUIDS = 'urn:ietf:rfc:3986';
export const SIMULATED = {
  tag: [{ system: 'urn:reprise:tag', code: 'simulated', display: 'simulated: about no person' }],
};

export function responseOf({
  id,
  questionnaire,
  answers,
  patient,
  programme,
  simulated,
  authored,
  language,
}: Answered) {
  const items = questionnaire.item ?? [];
  const item = itemsOf(items, answers, shownIn(items, answers), language);
  const reference = `Patient/${patient}`;
  return {
    resourceType: 'QuestionnaireResponse',
    ...(simulated && { meta: SIMULATED }),
    language,
    identifier: { system: UUIDS, value: `urn:uuid:${id}` },
    basedOn: [{ reference: `CarePlan/${programme}` }],
    questionnaire: questionnaire.version ? `${questionnaire.url}|${questionnaire.version}` : questionnaire.url,
    status: 'completed',
    subject: { reference },
    authored,
    author: { reference },
    source: { reference },
    ...(item.length > 0 && { item }),
  };
}

/**
 * One resource as a transaction that changes nothing when it is sent again; it is known by `urn:uuid:ID`. `others`:
 * entries that go with it.
 */
export const onceBundle = (id: string, resource: { resourceType: string }, others: readonly object[] = []) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        request: { method: 'POST', url: resource.resourceType, ifNoneExist: `identifier=${UUIDS}%7Curn:uuid:${id}` },
        resource,
      },
      ...others,
    ],
  });
