// SPDX-License-Identifier: Apache-2.0
// The languages of the pages, and which of them a person may choose.

export type Language = 'en' | 'de' | 'es' | 'ar';

interface Kind {
  label: string;
  /** For dates, numbers and plurals. Arabic has the digits of Latin script, as on the scales, and Gregorian days. */
  locale: string;
  direction: 'ltr' | 'rtl';
  /**
   * No professional has reviewed the translation: the clinic's settings allow it (`clinic.extra_languages`), it is for
   * patients only, and the pages say so. Texts that it lacks are in English.
   */
  extra: boolean;
}

export const LANGUAGES: Readonly<Record<Language, Kind>> = {
  de: { label: 'Deutsch', locale: 'de', direction: 'ltr', extra: false },
  en: { label: 'English', locale: 'en', direction: 'ltr', extra: false },
  es: { label: 'Español', locale: 'es', direction: 'ltr', extra: false },
  ar: { label: 'العربية', locale: 'ar-u-ca-gregory-nu-latn', direction: 'rtl', extra: true },
};
const ALL = Object.keys(LANGUAGES) as Language[];

export const isLanguage = (text: unknown): text is Language =>
  typeof text === 'string' && Object.hasOwn(LANGUAGES, text);

/** What the server says of the clinic and of the user. */
export interface Permitted {
  /** The clinic's further languages; undefined: not known yet, or without a network. */
  extra?: readonly string[] | undefined;
  /** Whether a clinician or an administrator has signed in. */
  staff?: boolean;
}

/** Returns whether the language may be shown. Until the server is heard, what was chosen on this device is. */
const isPermitted = (language: Language, { extra, staff = false }: Permitted) =>
  !LANGUAGES[language].extra || ((extra === undefined || extra.includes(language)) && !staff);

/** Returns the languages to choose from. Further ones only once the server has named them. */
export const offered = ({ extra = [], ...rest }: Permitted): Language[] =>
  ALL.filter((language) => isPermitted(language, { extra, ...rest }));

/** Returns the first of the wanted languages that is permitted; a browser's wish does not choose a further one. */
export function languageToShow(chosen: string | undefined, browser: readonly string[], permitted: Permitted): Language {
  if (isLanguage(chosen) && isPermitted(chosen, permitted)) return chosen;
  const wanted = browser.map((tag) => tag.slice(0, 2).toLowerCase()).filter(isLanguage);
  return wanted.find((language) => !LANGUAGES[language].extra) ?? 'en';
}
