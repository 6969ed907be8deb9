// Every text that a reader sees, in the reader's language: translations/LANGUAGE.json.
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import de from './de.json';
import en from './en.json';
import es from './es.json';

export type Key = keyof typeof en;
export type Language = 'en' | 'de' | 'es';
type Values = Record<string, string | number>;

const TRANSLATIONS: Record<Language, Record<Key, string>> = { en, de, es };
export const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'de', label: 'Deutsch' },
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
];
const STORED_AS = 'reprise-language';

const isLanguage = (text: unknown): text is Language => typeof text === 'string' && Object.hasOwn(TRANSLATIONS, text);

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

function speaking(language: Language) {
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const plural = new Intl.PluralRules(language);
  const t = (key: Key, values: Values = {}) =>
    TRANSLATIONS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return {
    language,
    t,
    /** By the value `count`: of KEY.one and KEY.other. */
    counted: (key: CountedKey, count: number) =>
      t(`${key}.${plural.select(count) === 'one' ? 'one' : 'other'}`, { count }),
    number: (value: number) => numbers.format(value),
    moment: (iso: string) => moments.format(new Date(iso)),
    /** Of YYYY-MM-DD, which has no zone. */
    day: (date: string) => days.format(new Date(`${date}T12:00`)),
    weekday: (date: string, width: 'long' | 'narrow') =>
      new Intl.DateTimeFormat(language, { weekday: width }).format(new Date(`${date}T12:00`)),
  };
}

export type CountedKey = { [K in Key]: K extends `${infer Stem}.one` ? Stem : never }[Key];
type Spoken = ReturnType<typeof speaking> & { choose(language: Language): void };
const Context = createContext<Spoken | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  // Chosen in another window.
  useEffect(() => {
    const follow = ({ key, newValue }: StorageEvent) => {
      if (key === STORED_AS && isLanguage(newValue)) setLanguage(newValue);
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, []);
  const spoken = useMemo(
    () => ({
      ...speaking(language),
      choose(chosen: Language) {
        store(chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Context value={spoken}>{children}</Context>;
}

export function useLanguage(): Spoken {
  const spoken = use(Context);
  if (!spoken) throw new Error('no LanguageProvider');
  return spoken;
}
