// SPDX-License-Identifier: Apache-2.0
// The page before the first exercise: explains the app in plain words and asks for the patient's consents.
import { Button, Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { Programme, ProgrammeEngine } from 'reprise-engine';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Page, Section } from '../../components/section.tsx';
import { YesNo } from '../../components/yes_no.tsx';
import { giveConsent } from '../../data/consents.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { APP_WORDS, wordsOfApp, wordsOfRecording } from './words.ts';

export function Welcome({
  programme,
  reprise,
  onDone,
}: {
  programme: Programme;
  reprise: ProgrammeEngine;
  onDone: () => void;
}) {
  const { t, language } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const [understood, setUnderstood] = useState(false);
  const [recording, setRecording] = useState(programme.consents.movementRecording ?? undefined);
  const [attempted, setAttempted] = useState(false);
  const { patient, simulated, clinic } = programme;
  const missing = attempted && (!understood || recording === undefined);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (permits: boolean) => {
      const common = { patient, simulated, language };
      await giveConsent(reprise, id, {
        ...common,
        kind: 'movement_recording',
        permits,
        words: wordsOfRecording(t, permits),
      });
      await giveConsent(reprise, id, { ...common, kind: 'app_use', permits: true, words: wordsOfApp(t, clinic.phone) });
    },
    onSuccess: onDone,
  });
  const go = () => {
    setAttempted(true);
    if (understood && recording !== undefined) mutate(recording);
  };
  return (
    <Page title={t('welcome.title')} lead={t('welcome.lead')}>
      {simulated && <Alert tone="plain">{t('simulated')}</Alert>}
      <div className="card">
        <dl className="told">
          {APP_WORDS.map((key) => (
            <div key={key}>
              <dt>{t(`welcome.${key}`)}</dt>
              <dd>
                {t(`welcome.${key}What`)}
                {key === 'alone' && clinic.phone && <> {t('today.clinic', { number: clinic.phone })}</>}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <Section title={t('welcome.points')}>
        <p className="note">{t('welcome.pointsWhat')}</p>
        <YesNo
          question={t('welcome.pointsAsk')}
          value={recording}
          onValue={setRecording}
          missing={attempted && recording === undefined}
        />
      </Section>
      <Stack gap="md">
        <Checkbox
          size="md"
          label={t('welcome.understood')}
          checked={understood}
          onChange={(event) => setUnderstood(event.currentTarget.checked)}
          error={attempted && !understood}
        />
        {missing && (
          <Alert tone="careful" role="alert">
            {t('welcome.missing')}
          </Alert>
        )}
        <FailureAlert failure={error} />
        <div className="actions">
          <Button size="lg" loading={isPending} onClick={go}>
            {t('welcome.action')}
          </Button>
        </div>
      </Stack>
    </Page>
  );
}
