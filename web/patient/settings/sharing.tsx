// SPDX-License-Identifier: Apache-2.0
import { Stack, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Programme, Reprise } from 'reprise-engine';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { useProgramme } from '../../hooks/use_programme.ts';
import { giveConsent } from '../../data/consents.ts';
import { useEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { wordsOfRecording } from '../consent/words.ts';

function Choice({
  programme,
  reprise,
  reload,
}: {
  programme: Programme;
  reprise: Reprise;
  reload: () => Promise<unknown>;
}) {
  const { t, language } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const { patient, simulated } = programme;
  const consenting = useMutation({
    mutationFn: (permits: boolean) =>
      giveConsent(reprise, id, {
        patient,
        simulated,
        kind: 'movement_recording',
        permits,
        language,
        words: wordsOfRecording(t, permits),
      }),
    onSuccess: () => reload(),
  });
  return (
    <Stack gap="md">
      <Switch
        size="md"
        label={t('sharing.points')}
        description={t('sharing.pointsWhat')}
        checked={
          consenting.isPending || consenting.isSuccess
            ? consenting.variables
            : programme.consents.movementRecording === true
        }
        onChange={(event) => consenting.mutate(event.currentTarget.checked)}
      />
      <FailureAlert failure={consenting.error} />
      <OutboxStatus quiet />
    </Stack>
  );
}

/** Lets the patient choose whether the clinic gets movement recordings; empty while no programme is loaded. */
export function Sharing() {
  const { t } = useLanguage();
  const { data, refetch } = useProgramme();
  const reprise = useEngine();
  if (!data?.programme || !reprise) return null;
  return (
    <Section title={t('sharing.title')}>
      <Choice programme={data.programme} reprise={reprise} reload={refetch} />
    </Section>
  );
}
