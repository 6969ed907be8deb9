// SPDX-License-Identifier: Apache-2.0
// Content of the catalog in a further language (translations/LANGUAGE/content.json), by its English words. Records that
// exist keep their content as it is; and once the English words change, no old translation of them is shown.
import type { Language } from './languages.ts';

type Content = Readonly<Record<string, string>>;
const known = new Map<Language, Content>();

/** Stores the content of a language that has been loaded. */
export const keepContent = (language: Language, content: Content) => void known.set(language, content);

/** Returns the translation of English words; the words themselves if there is none. */
export const contentIn = (english: string, language: Language): string => {
  const content = known.get(language);
  return content && Object.hasOwn(content, english) ? (content[english] ?? english) : english;
};
