// SPDX-License-Identifier: Apache-2.0
// Every text that a reader sees, in the reader's language: messages of ICU in translations/LANGUAGE/FEATURE.json. Only
// that language is loaded.
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useWindowEvent } from '@mantine/hooks';
import { IntlMessageFormat } from 'intl-messageformat';
import { keepContent } from './content.ts';
import type { Texts } from './en.ts';
import { isolate, isolated } from './isolate.ts';
import { isLanguage, LANGUAGES, languageToShow, offered, type Language, type Permitted } from './languages.ts';

export type { Language } from './languages.ts';
export type Key = keyof Texts;
type Values = Record<string, string | number>;

const TEXTS: Record<Language, () => Promise<{ default: Texts; content?: Readonly<Record<string, string>> }>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  ar: () => import('./ar.ts'),
};
const STORED_AS = 'reprise-language';
const RETRY_MS = 2000;

const firstLanguage = () => languageToShow(stored(), navigator.languages, {});

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

async function load(language: Language): Promise<Loaded> {
  const { default: texts, content } = await TEXTS[language]();
  if (content) keepContent(language, content);
  return { language, texts };
}

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
  const { locale, direction } = LANGUAGES[language];
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  // A day in Arabic beside an English name stays in its own order.
  const alone = (text: string) => (direction === 'rtl' ? isolate(text) : text);
  const formats = new Map<Key, IntlMessageFormat<Values>>();
  const formatOf = (key: Key) => {
    const format =
      formats.get(key) ?? new IntlMessageFormat<Values>(texts[key], locale, undefined, { ignoreTag: true });
    formats.set(key, format);
    return format;
  };
  const t = (key: Key, values: Values = {}) => {
    try {
      return String(formatOf(key).format(direction === 'rtl' ? isolated(values) : values));
    } catch (error) {
      console.error(error); // a value is missing: a gap in a text is better than no page
      return texts[key];
    }
  };
  return {
    language,
    /** For Intl: with the calendar and the digits that the pages use. */
    locale,
    t,
    /** Returns a text with a plural by `count`. */
    counted: (key: Key, count: number) => t(key, { count }),
    number: (value: number) => numbers.format(value),
    moment: (iso: string) => alone(moments.format(new Date(iso))),
    /** Of YYYY-MM-DD, which has no zone. */
    day: (date: string) => alone(days.format(new Date(`${date}T12:00`))),
    weekday: (date: string, width: 'long' | 'narrow') =>
      new Intl.DateTimeFormat(locale, { weekday: width }).format(new Date(`${date}T12:00`)),
  };
}

export type Spoken = ReturnType<typeof speaking> & {
  choose(language: Language): void;
  /** What may be chosen here. */
  offered: readonly Language[];
  /** What the server says about that. */
  permit(permitted: Permitted): void;
};
const Context = createContext<Spoken | undefined>(undefined);

export function LanguageProvider({ first, children }: { first: Loaded; children: ReactNode }) {
  const [loaded, setLoaded] = useState(first);
  const { language } = loaded;
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = LANGUAGES[language].direction;
  }, [language]);
  // The newest choice wins. One whose texts cannot be loaded changes nothing.
  const wanted = useRef(first.language);
  // What the reader chose; shown where it is permitted.
  const chosenHere = useRef<string | undefined>(stored());
  const [permitted, setPermitted] = useState<Permitted>({});
  const change = useCallback(async (chosen: Language) => {
    wanted.current = chosen;
    const next = await load(chosen).catch(() => undefined);
    if (next && wanted.current === chosen) setLoaded(next);
    return next !== undefined;
  }, []);
  // Chosen in another window.
  useWindowEvent('storage', ({ key, newValue }) => {
    if (key !== STORED_AS || !isLanguage(newValue)) return;
    chosenHere.current = newValue;
    void change(languageToShow(newValue, navigator.languages, permitted));
  });
  useEffect(() => {
    const next = languageToShow(chosenHere.current, navigator.languages, permitted);
    if (next !== wanted.current) void change(next);
  }, [permitted, change]);
  // The answer to signing in has no languages: those of the page's first request stay.
  const permit = useCallback(
    ({ extra, staff = false }: Permitted) => setPermitted((known) => ({ extra: extra ?? known.extra, staff })),
    [],
  );
  const spoken = useMemo(
    () => ({
      ...speaking(loaded),
      choose(chosen: Language) {
        void change(chosen).then((done) => {
          if (!done) return;
          chosenHere.current = chosen;
          store(chosen);
        });
      },
      offered: offered(permitted),
      permit,
    }),
    [loaded, change, permitted, permit],
  );
  return <Context value={spoken}>{children}</Context>;
}

export function useLanguage(): Spoken {
  const spoken = use(Context);
  if (!spoken) throw new Error('no LanguageProvider');
  return spoken;
}
