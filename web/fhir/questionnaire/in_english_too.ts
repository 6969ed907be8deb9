// SPDX-License-Identifier: Apache-2.0
import type { QuestionnaireItem } from 'fhir/r4';
import { leftToRight } from '../../translations/isolate.ts';
import type { Language } from '../../translations/language.tsx';
import { said } from './model.ts';

/** Returns the items with the record's own words, which are English, in a line below those of the language. */
export const inEnglishToo = (items: readonly QuestionnaireItem[], language: Language): QuestionnaireItem[] =>
  items.map(({ _text, ...item }) => {
    const words = said(item.text, _text, language);
    return {
      ...item,
      ...(item.text !== undefined && { text: words === item.text ? words : `${words}\n${leftToRight(item.text)}` }),
      ...(item.item && { item: inEnglishToo(item.item, language) }),
    };
  });
