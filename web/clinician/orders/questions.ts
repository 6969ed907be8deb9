// SPDX-License-Identifier: Apache-2.0
// The words of questions, for answers that do not repeat them (FHIR leaves item.text to the program that writes).
import type { QuestionnaireItem } from 'fhir/r4';
import { said } from '../../fhir/questionnaire/model.ts';
import type { Language } from '../../translations/language.tsx';

const optionKey = (linkId: string | undefined, code: string | undefined) => `${linkId ?? ''} ${code ?? ''}`;

/** The words of options, by linkId and code: a coded answer need not repeat them. */
function optionsIn(items: readonly QuestionnaireItem[], language: Language): [string, string][] {
  return items.flatMap(({ linkId, answerOption = [], item = [] }) => [
    ...answerOption.flatMap(({ valueCoding }): [string, string][] => {
      const words = said(valueCoding?.display, valueCoding?._display, language);
      return words ? [[optionKey(linkId, valueCoding?.code), words]] : [];
    }),
    ...optionsIn(item, language),
  ]);
}

/** What an option is called; nothing where the questionnaire has no words for it. */
export function optionWords(items: readonly QuestionnaireItem[] = [], language: Language) {
  const words = new Map(optionsIn(items, language));
  return (linkId: string | undefined, code: string | undefined) => words.get(optionKey(linkId, code));
}

/** By linkId, in the reader's language where the questionnaire has it. */
export function questionsIn(items: readonly QuestionnaireItem[] = [], language: Language): Map<string, string> {
  return new Map(
    items.flatMap((item): [string, string][] => {
      const words = said(item.text, item._text, language);
      return [...(words ? [[item.linkId, words] as [string, string]] : []), ...questionsIn(item.item, language)];
    }),
  );
}
