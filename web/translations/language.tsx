// SPDX-License-Identifier: Apache-2.0
// Every text that a reader sees, in the reader's language: messages of ICU in translations/LANGUAGE/FEATURE.json. Only
// that language is loaded.
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useWindowEvent } from '@mantine/hooks';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Texts } from './en.ts';

export type Key = keyof Texts;
export type Language = 'en' | 'de' | 'es';
type Values = Record<string, string | number>;

const TEXTS: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
};
export const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'de', label: 'Deutsch' },
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
];
const STORED_AS = 'reprise-language';
const RETRY_MS = 2000;

const isLanguage = (text: unknown): text is Language => typeof text === 'string' && Object.hasOwn(TEXTS, text);

function firstLanguage(): Language {
  const wanted = [stored(), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? 'en';
}

// Some browsers forbid storing; then the choice lasts as long as the page.
function stored(): string | undefined {
  try {
    return window.localStorage.getItem(STORED_AS) ?? undefined;
  } catch {
    return undefined;
  }
}

function store(language: Language) {
  try {
    window.localStorage.setItem(STORED_AS, language);
  } catch {
    /* as above */
  }
}

/** A language with its texts. */
export interface Loaded {
  language: Language;
  texts: Texts;
}

const load = async (language: Language): Promise<Loaded> => ({ language, texts: (await TEXTS[language]()).default });

/** Loads the reader's language. Until it arrives there is nothing to show, so a failure is tried again. */
export async function loadFirstLanguage(): Promise<Loaded> {
  for (;;) {
    try {
      return await load(firstLanguage());
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function speaking({ language, texts }: Loaded) {
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const formats = new Map<Key, IntlMessageFormat<Values>>();
  const formatOf = (key: Key) => {
    const format =
      formats.get(key) ?? new IntlMessageFormat<Values>(texts[key], language, undefined, { ignoreTag: true });
    formats.set(key, format);
    return format;
  };
  const t = (key: Key, values: Values = {}) => {
    try {
      return String(formatOf(key).format(values));
    } catch (error) {
      console.error(error); // a value is missing: a gap in a text is better than no page
      return texts[key];
    }
  };
  return {
    language,
    t,
    /** Returns a text with a plural by `count`. */
    counted: (key: Key, count: number) => t(key, { count }),
    number: (value: number) => numbers.format(value),
    moment: (iso: string) => moments.format(new Date(iso)),
    /** Of YYYY-MM-DD, which has no zone. */
    day: (date: string) => days.format(new Date(`${date}T12:00`)),
    weekday: (date: string, width: 'long' | 'narrow') =>
      new Intl.DateTimeFormat(language, { weekday: width }).format(new Date(`${date}T12:00`)),
  };
}

export type Spoken = ReturnType<typeof speaking> & { choose(language: Language): void };
const Context = createContext<Spoken | undefined>(undefined);

export function LanguageProvider({ first, children }: { first: Loaded; children: ReactNode }) {
  const [loaded, setLoaded] = useState(first);
  const { language } = loaded;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  // The newest choice wins. One whose texts cannot be loaded changes nothing.
  const wanted = useRef(first.language);
  const change = useCallback(async (chosen: Language) => {
    wanted.current = chosen;
    const next = await load(chosen).catch(() => undefined);
    if (next && wanted.current === chosen) setLoaded(next);
    return next !== undefined;
  }, []);
  // Chosen in another window.
  useWindowEvent('storage', ({ key, newValue }) => {
    if (key === STORED_AS && isLanguage(newValue)) void change(newValue);
  });
  const spoken = useMemo(
    () => ({
      ...speaking(loaded),
      choose(chosen: Language) {
        void change(chosen).then((done) => done && store(chosen));
      },
    }),
    [loaded, change],
  );
  return <Context value={spoken}>{children}</Context>;
}

export function useLanguage(): Spoken {
  const spoken = use(Context);
  if (!spoken) throw new Error('no LanguageProvider');
  return spoken;
}
