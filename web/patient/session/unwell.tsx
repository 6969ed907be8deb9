// SPDX-License-Identifier: Apache-2.0
import type { Questionnaire } from 'fhir/r4';
import { Button, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Numbers } from '../../components/numbers.tsx';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { said } from '../../fhir/questionnaire/model.ts';
import { Page } from '../../components/section.tsx';
import type { Clinic } from '../../fhir/clinic.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useEnglishToo } from './english_too.tsx';

/** The questions asked first, the most dangerous sign first; all others follow. Not clinically reviewed. */
const FIRST = [
  'chest-or-breath',
  'neck-dizziness',
  'dizziness-or-palpitations',
  'saddle-or-bladder',
  'calf',
  'weakness-or-numbness',
  'pop',
  'injury',
  'wound-or-fever',
];
const rank = (linkId: string, first: readonly string[]) =>
  first.includes(linkId) ? first.indexOf(linkId) : first.length;

/** After walking or cycling, the heart comes right after chest and breath. */
const OF_ENDURANCE = ['chest-or-breath', 'dizziness-or-palpitations'];

interface Props {
  clinic: Clinic;
  questionnaire: Questionnaire;
  endurance?: boolean;
  /** After a stop at a limit the patient may feel well. */
  atLimit?: boolean;
  onAnswered: (values: Values) => void;
}

/** Helps a patient who feels unwell: first help, then one question at a time, until the first "yes". */
export function Unwell({ clinic, questionnaire, endurance = false, atLimit = false, onAnswered }: Props) {
  const { t, language } = useLanguage();
  const first = endurance ? [...OF_ENDURANCE, ...FIRST] : FIRST;
  const items = [...(questionnaire.item ?? [])].sort((a, b) => rank(a.linkId, first) - rank(b.linkId, first));
  const [values, setValues] = useState<Values>({});
  const number = Object.keys(values).length;
  const question = useRef<HTMLParagraphElement>(null);
  // Who cannot see that the question is another one hears it.
  useEffect(() => {
    if (number > 0) question.current?.focus();
  }, [number]);
  const { items: shown, button } = useEnglishToo(items);
  const item = shown[number];
  const answer = (yes: boolean) => {
    if (!item) return;
    const next = { ...values, [item.linkId]: yes };
    if (yes || number + 1 === items.length) onAnswered(next);
    else setValues(next);
  };
  return (
    <Page title={t(atLimit ? 'unwell.atLimit' : 'unwell.title')} lead={t('unwell.lead')} narrow>
      <div className="card">
        <Numbers {...clinic} />
      </div>
      {item && (
        <Stack gap="sm" className="card" role="group" aria-labelledby="unwell-question">
          {button}
          <p className="small">{t('unwell.number', { number: number + 1, of: items.length })}</p>
          <p ref={question} id="unwell-question" tabIndex={-1} className="lead">
            <strong>{said(item.text, item._text, language)}</strong>
          </p>
          <div className="actions">
            <Button size="xl" variant="default" onClick={() => answer(false)}>
              {t('no')}
            </Button>
            <Button size="xl" color="red.9" onClick={() => answer(true)}>
              {t('yes')}
            </Button>
          </div>
        </Stack>
      )}
      <p className="note">{t('nobodyWatches')}</p>
    </Page>
  );
}
