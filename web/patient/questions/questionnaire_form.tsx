// SPDX-License-Identifier: Apache-2.0
import type { Questionnaire } from 'fhir/r4';
import { Button } from '@mantine/core';
import type { Programme } from 'reprise-engine';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { problemsIn, type Problems } from '../../fhir/questionnaire/logic.ts';
import { said } from '../../fhir/questionnaire/model.ts';
import { Questions } from '../../components/questions.tsx';
import { onceBundle, responseOf } from '../../fhir/questionnaire/response.ts';
import { Page } from '../../components/section.tsx';
import { rememberAnswered } from '../../data/answered.ts';
import { localTime } from '../../fhir/local_time.ts';
import { post } from '../../data/outbox.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { AnswerFor } from '../carers/helping_line.tsx';
import { useAnswers } from './draft.ts';

interface Props {
  questionnaire: Questionnaire;
  reason: string | null;
  programme: Programme;
  onDone: () => void;
  onLeave: () => void;
}

/** Shows a questionnaire of the clinic, and sends the answers. */
export function QuestionnaireForm({ questionnaire, reason, programme, onDone, onLeave }: Props) {
  const { t, language } = useLanguage();
  const {
    account: { id: account },
  } = useAccount();
  const { answers, answer, forget } = useAnswers(account, questionnaire);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const id = crypto.randomUUID();
      const response = responseOf({
        id,
        questionnaire,
        answers: answers ?? {},
        patient: programme.patient,
        programme: programme.id,
        simulated: programme.simulated,
        authored: localTime(new Date()),
        language,
      });
      await post({ id, kind: 'answers', bundle: onceBundle(id, response) });
      await rememberAnswered(account, questionnaire.url ?? '', id, response).catch(() => {});
      await forget();
    },
    onSuccess: onDone,
  });
  const [problems, setProblems] = useState<Problems>({});
  if (!answers) return null;
  const items = questionnaire.item ?? [];
  const wrong = Object.keys(problems).length > 0;
  const send = () => {
    const open = problemsIn(items, answers);
    setProblems(open);
    if (Object.keys(open).length > 0) {
      requestAnimationFrame(() =>
        document
          .querySelector<HTMLElement>(
            '[aria-invalid="true"] input, input[aria-invalid="true"], textarea[aria-invalid="true"]',
          )
          ?.focus(),
      );
      return;
    }
    mutate();
  };
  return (
    <Page title={said(questionnaire.title, questionnaire._title, language) || t('questions.untitled')} lead={reason}>
      <AnswerFor />
      <p className="note">
        {t('questions.notRead')} {t('questions.draft')}
      </p>
      <div className="card questions">
        <Questions items={items} answers={answers} problems={problems} onAnswer={answer} />
      </div>
      {wrong && (
        <Alert tone="careful" role="alert">
          {t('questions.wrong')}
        </Alert>
      )}
      <FailureAlert failure={error} />
      <div className="actions">
        <Button size="lg" loading={isPending} onClick={send}>
          {t('questions.send')}
        </Button>
        <Button size="lg" variant="default" onClick={onLeave}>
          {t('questions.later')}
        </Button>
      </div>
    </Page>
  );
}
