// SPDX-License-Identifier: Apache-2.0
// A FHIR Questionnaire, as far as the pages show it, and the patient's answers.
import type { Coding, Element, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4';
import { contentIn } from '../../translations/content.ts';
import type { Language } from '../../translations/language.tsx';

export type Answer =
  | { valueBoolean: boolean }
  | { valueInteger: number }
  | { valueDecimal: number }
  | { valueDate: string }
  | { valueString: string }
  | { valueCoding: Coding };
/** The typed text where it cannot be parsed: "12a" for a number. It is kept, but counts as no answer. */
export interface Unread {
  unread: string;
}

/** By linkId; several where an item repeats. */
export type Given = Answer | Unread | readonly Answer[];
export type Answers = Readonly<Record<string, Given | undefined>>;

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';

/** A text in the reader's language, where the questionnaire has it. */
export function said(text: string | undefined, beside: Element | undefined, language: Language): string {
  const translation = beside?.extension?.find(
    ({ url, extension }) =>
      url === TRANSLATION &&
      extension?.some(({ url: part, valueCode }) => part === 'lang' && valueCode?.startsWith(language)),
  );
  return translation?.extension?.find(({ url }) => url === 'content')?.valueString ?? contentIn(text ?? '', language);
}

export const isUnread = (given: Given | undefined): given is Unread => given !== undefined && 'unread' in given;

/** Returns the answers to a question; empty if the typed text cannot be parsed. */
export function all(given: Given | undefined): readonly Answer[] {
  if (given === undefined || isUnread(given)) return [];
  return Array.isArray(given) ? (given as readonly Answer[]) : [given as Answer];
}

/** What stands in an answer; of a choice its code. */
export function answerValue(answer: Answer): boolean | number | string | undefined {
  return 'valueCoding' in answer ? answer.valueCoding.code : (Object.values(answer)[0] as boolean | number | string);
}

/** The value of an option, as an answer has it. */
export function answerOf(option: QuestionnaireItemAnswerOption): Answer {
  if (option.valueCoding) return { valueCoding: option.valueCoding };
  if (option.valueInteger !== undefined) return { valueInteger: option.valueInteger };
  if (option.valueDate !== undefined) return { valueDate: option.valueDate };
  return { valueString: option.valueString ?? '' };
}

export function isSame(a: Answer, b: Answer): boolean {
  if ('valueCoding' in a && 'valueCoding' in b)
    return a.valueCoding.code === b.valueCoding.code && a.valueCoding.system === b.valueCoding.system;
  return Object.keys(a)[0] === Object.keys(b)[0] && answerValue(a) === answerValue(b);
}

/** The words of an option. */
export function optionText(option: QuestionnaireItemAnswerOption, language: Language): string {
  const { valueCoding } = option;
  if (valueCoding) return said(valueCoding.display, valueCoding._display, language) || (valueCoding.code ?? '');
  return option.valueString !== undefined
    ? said(option.valueString, option._valueString, language)
    : String(option.valueInteger ?? option.valueDate ?? '');
}

const EXTENSIONS = 'http://hl7.org/fhir/StructureDefinition/';

/** Returns a limit that an item sets for its answer; undefined if there is none. */
export function limitOf(item: QuestionnaireItem, which: 'minValue' | 'maxValue'): number | string | undefined {
  const found = item.extension?.find(({ url }) => url === EXTENSIONS + which);
  return found?.valueInteger ?? found?.valueDecimal ?? found?.valueDate;
}
