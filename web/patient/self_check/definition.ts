// SPDX-License-Identifier: Apache-2.0
// The self-assessment as data (catalog/self_assessment): for the engine as text, for a reader in words.
import type { Questionnaire } from 'fhir/r4';
import definitionText from '../../../catalog/self_assessment/self_assessment.json?raw';
import redFlagsText from '../../../catalog/questionnaires/red_flags.json?raw';
import { contentIn } from '../../translations/content.ts';
import type { Language } from '../../translations/language.tsx';
import { LANGUAGES } from '../../translations/languages.ts';

type Words = Partial<Record<Language, string>> & { en: string };

/** Returns the words in the reader's language, else in English. */
export const wordsIn = (words: Words, language: Language) => words[language] ?? contentIn(words.en, language);

export interface Flag {
  id: string;
  text?: Words;
}

export interface Region {
  id: string;
  name: Words;
  sided: boolean;
  flags: (Flag & { text: Words })[];
  tests: { id: string; position: string; name: Words }[];
}

export type QuestionName = 'since' | 'course' | 'worse_with' | 'hard';

interface Definition {
  version: number;
  red_flags: Flag[];
  regions: Region[];
  function_tests: { id: string; regions: string[]; position: string; name: Words }[];
  questions: Record<QuestionName, { text: Words; options: { id: string; text: Words }[] }>;
}

export const DEFINITION = JSON.parse(definitionText) as Definition;

const isWords = (value: unknown): value is Words => typeof (value as Words | null)?.en === 'string';
const texts = new Map<Language, string>();

/**
 * Returns the definition for the engine's words in a language. The engine refuses languages that its schema does not
 * know and speaks English instead of them: a further language therefore stands where the English does.
 */
export function definitionIn(language: Language): string {
  if (!LANGUAGES[language].extra) return definitionText;
  const translate = (_: string, value: unknown): unknown =>
    isWords(value) ? { ...value, en: contentIn(value.en, language) } : value;
  const text = texts.get(language) ?? JSON.stringify(JSON.parse(definitionText, translate));
  texts.set(language, text);
  return text;
}

export const regionOf = (id: string) => DEFINITION.regions.find((region) => region.id === id);
export const regionsOf = (ids: readonly string[]) => DEFINITION.regions.filter(({ id }) => ids.includes(id));

export const functionTestsOf = (ids: readonly string[]) =>
  DEFINITION.function_tests.filter(({ regions }) => regions.some((region) => ids.includes(region)));

export const hasStandingTest = (ids: readonly string[]) =>
  [...regionsOf(ids).flatMap(({ tests }) => tests), ...functionTestsOf(ids)].some(
    ({ position }) => position !== 'seated' && position !== 'lying',
  );

const LANG = 'http://hl7.org/fhir/StructureDefinition/translation';

/** A text of FHIR in all languages. */
const translated = ({ en, ...others }: Words) => ({
  text: en,
  _text: {
    extension: Object.entries(others).map(([language, content]) => ({
      url: LANG,
      extension: [
        { url: 'lang', valueCode: language },
        { url: 'content', valueString: content },
      ],
    })),
  },
});

/** The questions about warning signs for a person without a record: none of them asks about "last time". */
export function publicRedFlags(): Questionnaire {
  const asked = JSON.parse(redFlagsText) as Questionnaire;
  const own = new Map(DEFINITION.red_flags.map(({ id, text }) => [id, text]));
  return {
    ...asked,
    item: (asked.item ?? []).map((item) => {
      const text = own.get(item.linkId);
      return text ? { ...item, ...translated(text) } : item;
    }),
  };
}

/** The questions about warning signs of some regions. */
export const regionFlags = (ids: readonly string[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item: regionsOf(ids).flatMap(({ flags }) =>
    flags.map(({ id, text }) => ({ linkId: id, type: 'boolean' as const, required: true, ...translated(text) })),
  ),
});
