// SPDX-License-Identifier: Apache-2.0
// Which questions are shown, and which answers are still wrong or missing.
import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4';
import { all, answerOf, isUnread, limitOf, answerValue, type Answer, type Answers } from './model.ts';

const WANTED = [
  'answerBoolean',
  'answerInteger',
  'answerDecimal',
  'answerDate',
  'answerString',
  'answerCoding',
] as const;

function compared(answer: Answer, when: QuestionnaireItemEnableWhen): boolean {
  const name = WANTED.find((one) => when[one] !== undefined);
  const wanted = name && when[name];
  if (wanted === undefined) return false;
  const value = answerValue(answer);
  const other = typeof wanted === 'object' ? wanted.code : wanted;
  const same =
    value === other &&
    (typeof wanted !== 'object' ||
      !wanted.system ||
      ('valueCoding' in answer && answer.valueCoding.system === wanted.system));
  switch (when.operator) {
    case '=':
      return same;
    case '!=':
      return !same;
    case '>':
      return value !== undefined && other !== undefined && value > other;
    case '<':
      return value !== undefined && other !== undefined && value < other;
    case '>=':
      return value !== undefined && other !== undefined && value >= other;
    default:
      return when.operator === '<=' && value !== undefined && other !== undefined && value <= other;
  }
}

/** One of several answers is enough. */
function holds(when: QuestionnaireItemEnableWhen, given: readonly Answer[]): boolean {
  if (when.operator === 'exists') return given.length > 0 === (when.answerBoolean ?? true);
  return given.some((answer) => compared(answer, when));
}

interface Place {
  item: QuestionnaireItem;
  parent: QuestionnaireItem | undefined;
}

function places(items: readonly QuestionnaireItem[], parent?: QuestionnaireItem): [string, Place][] {
  return items.flatMap((item) => [
    [item.linkId, { item, parent }] as [string, Place],
    ...places(item.item ?? [], item),
  ]);
}

/**
 * Returns the linkIds of the items shown. An answer to a hidden question counts as none. The items below a question
 * appear once it has an answer.
 */
export function shownIn(items: readonly QuestionnaireItem[], answers: Answers): ReadonlySet<string> {
  const byId = new Map(places(items));
  const known = new Map<string, boolean>();
  const isShown = (id: string): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const place = byId.get(id);
    if (!place) return false;
    // Questions that wait for each other are shown by none of them.
    known.set(id, false);
    const {
      item: { enableWhen = [], enableBehavior },
      parent,
    } = place;
    const inParent =
      !parent || (isShown(parent.linkId) && (parent.type === 'group' || all(answers[parent.linkId]).length > 0));
    const each = enableWhen.map((when) => holds(when, isShown(when.question) ? all(answers[when.question]) : []));
    const shown =
      inParent && (each.length === 0 || (enableBehavior === 'any' ? each.some(Boolean) : each.every(Boolean)));
    known.set(id, shown);
    return shown;
  };
  return new Set([...byId.keys()].filter(isShown));
}

export type Problem = 'missing' | 'number' | 'whole' | 'date' | 'least' | 'most' | 'long';

/** The longest text that is taken where a questionnaire sets no limit. */
export const MOST_LETTERS = 2000;

function problemOf(item: QuestionnaireItem, answers: Answers): Problem | undefined {
  const given = answers[item.linkId];
  if (isUnread(given)) return item.type === 'date' ? 'date' : item.type === 'integer' ? 'whole' : 'number';
  const answered = all(given);
  if (answered.length === 0) return item.required ? 'missing' : undefined;
  const least = limitOf(item, 'minValue');
  const most = limitOf(item, 'maxValue');
  for (const answer of answered) {
    const value = answerValue(answer);
    if (value === undefined || typeof value === 'boolean') continue;
    if (least !== undefined && typeof least === typeof value && value < least) return 'least';
    if (most !== undefined && typeof most === typeof value && value > most) return 'most';
    if ('valueString' in answer && answer.valueString.length > (item.maxLength ?? MOST_LETTERS)) return 'long';
    if ('valueString' in answer && answer.valueString.trim() === '') return item.required ? 'missing' : undefined;
  }
  return undefined;
}

export type Problems = Readonly<Record<string, Problem>>;

/** Returns the problems in the answers to the items shown, by linkId, in the items' order. */
export function problemsIn(items: readonly QuestionnaireItem[], answers: Answers): Problems {
  const shown = shownIn(items, answers);
  const found = places(items).flatMap(([id, { item }]): [string, Problem][] => {
    const problem =
      shown.has(id) && item.type !== 'group' && item.type !== 'display' ? problemOf(item, answers) : undefined;
    return problem ? [[id, problem]] : [];
  });
  return Object.fromEntries(found);
}

/** By linkId. */
export type Values = Readonly<Record<string, boolean | number | string>>;

/** Returns the first answer to each item shown; a choice by its code. */
export function valuesOf(items: readonly QuestionnaireItem[], answers: Answers): Values {
  const shown = shownIn(items, answers);
  return Object.fromEntries(
    places(items).flatMap(([id]): [string, boolean | number | string][] => {
      const [answer] = shown.has(id) ? all(answers[id]) : [];
      const value = answer && answerValue(answer);
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

/** What stands in a questionnaire before anybody answers. */
export function initialAnswers(items: readonly QuestionnaireItem[]): Answers {
  return Object.fromEntries(
    places(items).flatMap(([id, { item }]): [string, Answer | readonly Answer[]][] => {
      const initial = (item.initial ?? []) as unknown as Answer[];
      const chosen = (item.answerOption ?? []).filter(({ initialSelected }) => initialSelected).map(answerOf);
      const first = [...initial, ...chosen];
      return first.length === 0 ? [] : [[id, item.repeats ? first : (first[0] as Answer)]];
    }),
  );
}
