// SPDX-License-Identifier: Apache-2.0
// Questions about safety in a translation that no professional has reviewed: in English, too, on request.
import type { QuestionnaireItem } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { inEnglishToo } from '../../fhir/questionnaire/in_english_too.ts';
import { useLanguage } from '../../translations/language.tsx';
import { LANGUAGES } from '../../translations/languages.ts';
import './english_too.css';

/** Returns the questions to show, and the button; no button where the translation is as reviewed as the English. */
export function useEnglishToo(asked: readonly QuestionnaireItem[]) {
  const { t, language } = useLanguage();
  const [wanted, setWanted] = useState(false);
  const { extra } = LANGUAGES[language];
  const items = useMemo(
    () => (extra && wanted ? inEnglishToo(asked, language) : asked),
    [asked, extra, wanted, language],
  );
  const button = extra && (
    <Button variant="default" aria-pressed={wanted} onClick={() => setWanted(!wanted)}>
      {t(wanted ? 'language.notInEnglish' : 'language.inEnglish')}
    </Button>
  );
  return { items, button };
}
