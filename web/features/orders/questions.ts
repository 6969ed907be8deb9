// The words of questions, for answers that do not repeat them (FHIR leaves item.text to the program that writes).
import { said, type Item } from '../../parts/questionnaire/model.ts';
import type { Language } from '../../source/language.tsx';

/** By linkId, in the reader's language where the questionnaire has it. */
export function questionsIn(items: readonly Item[] = [], language: Language): Map<string, string> {
  return new Map(items.flatMap((item): [string, string][] => {
    const words = said(item.text, item._text, language);
    return [...(words ? [[item.linkId, words] as [string, string]] : []), ...questionsIn(item.item, language)];
  }));
}
