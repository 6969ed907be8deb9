// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { YesNo } from '../../components/yes_no.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { answerVisits, TOLD, wordsOfVisits } from './consent.ts';

/** Asks for the consent to video visits before a patient's first one. */
export function ConsentForm({
  patient,
  before,
  onAnswered,
}: {
  patient: string;
  before: boolean | null;
  onAnswered: () => Promise<unknown>;
}) {
  const { t, language } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (permits: boolean) => answerVisits(patient, permits, language, wordsOfVisits(t, permits)),
    onSuccess: () => onAnswered(),
  });
  const [answer, setAnswer] = useState<boolean>();
  const [attempted, setAttempted] = useState(false);
  const send = () => {
    setAttempted(true);
    if (answer !== undefined) mutate(answer);
  };
  return (
    <div className="card">
      <Stack gap="md">
        {before === false && <Alert tone="careful">{t('visit.consent.denied')}</Alert>}
        <dl className="told">
          {TOLD.map((key) => (
            <div key={key}>
              <dt>{t(`visit.consent.${key}`)}</dt>
              <dd>{t(`visit.consent.${key}What`)}</dd>
            </div>
          ))}
        </dl>
        <YesNo
          question={t('visit.consent.ask')}
          value={answer}
          onValue={setAnswer}
          missing={attempted && answer === undefined}
        />
        {attempted && answer === undefined && (
          <Alert tone="careful" role="alert">
            {t('visit.consent.missing')}
          </Alert>
        )}
        <FailureAlert failure={error} />
        <div className="actions">
          <Button size="lg" loading={isPending} onClick={send}>
            {t('visit.consent.send')}
          </Button>
        </div>
      </Stack>
    </div>
  );
}
