// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { LANGUAGES } from '../translations/languages.ts';

/** What makes a paper; in a language from right to left, whose papers cannot be set yet, another way to one. */
export function Printable({ children }: { children: ReactNode }) {
  const { t, language } = useLanguage();
  if (LANGUAGES[language].direction === 'rtl') return <p className="note">{t('paper.otherLanguage')}</p>;
  return children;
}
