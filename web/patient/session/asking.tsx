// SPDX-License-Identifier: Apache-2.0
// The questions around the exercises: dangerous signs, pain, effort.
import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { problemsIn, valuesOf, type Problems, type Values } from '../../fhir/questionnaire/logic.ts';
import { all, said, answerValue, type Answers } from '../../fhir/questionnaire/model.ts';
import { Questions } from '../../components/questions.tsx';
import { Scale } from '../../components/scale.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { AnswerFor } from '../carers/helping_line.tsx';
import { useEnglishToo } from './english_too.tsx';

const NONE: readonly QuestionnaireItem[] = [];

interface AskProps {
  questionnaire: Questionnaire;
  title?: string;
  yesEnds?: boolean;
  onAnswered: (values: Values) => void;
}

/**
 * A questionnaire; where all its questions are of yes and no, one touch says "no" to all. `yesEnds`: the first "yes" is
 * enough, and the rest is not asked.
 */
export function Ask({ questionnaire, title, yesEnds = false, onAnswered }: AskProps) {
  const { t, language } = useLanguage();
  const items = questionnaire.item ?? NONE;
  const { items: shown, button } = useEnglishToo(items);
  const [answers, setAnswers] = useState<Answers>({});
  const [problems, setProblems] = useState<Problems>({});
  const none = () => setAnswers(Object.fromEntries(items.map(({ linkId }) => [linkId, { valueBoolean: false }])));
  const give = (linkId: string, answer: Answers[string]) => {
    const next = { ...answers, [linkId]: answer };
    setAnswers(next);
    if (yesEnds && all(answer).some((one) => answerValue(one) === true)) onAnswered(valuesOf(items, next));
  };
  const go = () => {
    const open = problemsIn(items, answers);
    setProblems(open);
    if (Object.keys(open).length === 0) onAnswered(valuesOf(items, answers));
    else requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid] input')?.focus());
  };
  return (
    <Page title={title ?? said(questionnaire.title, questionnaire._title, language)} lead={t('flags.lead')}>
      {button}
      <AnswerFor />
      <div className="card questions">
        <Questions
          items={shown}
          answers={answers}
          problems={problems}
          ends={{ least: t('scale.least'), most: t('scale.most') }}
          onAnswer={give}
        />
      </div>
      {Object.keys(problems).length > 0 && (
        <Alert tone="careful" role="alert">
          {t('flags.missing')}
        </Alert>
      )}
      <div className="actions">
        <Button size="lg" onClick={go}>
          {t('goOn')}
        </Button>
        {items.every(({ type }) => type === 'boolean') && (
          <Button size="lg" variant="default" onClick={none}>
            {t('flags.none')}
          </Button>
        )}
      </div>
    </Page>
  );
}

/** One number, then on. */
export function Pain({ title, lead, onSaid }: { title: string; lead: string; onSaid: (pain: number) => void }) {
  const { t } = useLanguage();
  const [pain, setPain] = useState<number>();
  const [attempted, setAttempted] = useState(false);
  const go = () => {
    setAttempted(true);
    if (pain !== undefined) onSaid(pain);
  };
  return (
    <Page title={title} lead={lead} narrow>
      <AnswerFor />
      <div className="card">
        <Scale
          label={t('pain.scale')}
          value={pain}
          onValue={setPain}
          least={t('pain.least')}
          most={t('pain.most')}
          invalid={attempted && pain === undefined}
        />
      </div>
      {attempted && pain === undefined && (
        <Alert tone="careful" role="alert">
          {t('scale.missing')}
        </Alert>
      )}
      <div className="actions">
        <Button size="lg" onClick={go}>
          {t('goOn')}
        </Button>
      </div>
    </Page>
  );
}

export function Feeling({ onSaid }: { onSaid: (effort: number, words: string) => void }) {
  const { t } = useLanguage();
  const [effort, setEffort] = useState<number>();
  const [words, setWords] = useState('');
  const [attempted, setAttempted] = useState(false);
  const go = () => {
    setAttempted(true);
    if (effort !== undefined) onSaid(effort, words.trim());
  };
  return (
    <Page title={t('feeling.title')} lead={t('feeling.lead')} narrow>
      <AnswerFor />
      <Stack gap="lg" className="card">
        <Scale
          label={t('feeling.effort')}
          value={effort}
          onValue={setEffort}
          least={t('feeling.least')}
          most={t('feeling.most')}
          invalid={attempted && effort === undefined}
        />
        <Textarea
          label={t('feeling.words')}
          description={t('feeling.wordsWhat')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          autosize={false}
          rows={3}
          maxLength={2000}
        />
      </Stack>
      {attempted && effort === undefined && (
        <Alert tone="careful" role="alert">
          {t('scale.missing')}
        </Alert>
      )}
      <div className="actions">
        <Button size="lg" onClick={go}>
          {t('goOn')}
        </Button>
      </div>
    </Page>
  );
}
