// SPDX-License-Identifier: Apache-2.0
import { Stack, Switch } from '@mantine/core';
import type { Programme, ProgrammeEngine } from 'reprise-engine';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { useProgramme } from '../../hooks/use_programme.ts';
import { useSwitch } from '../../hooks/use_switch.ts';
import { giveConsent } from '../../data/consents.ts';
import { useProgrammeEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { wordsOfRecording } from '../consent/words.ts';

function Choice({
  programme,
  reprise,
  reload,
}: {
  programme: Programme;
  reprise: ProgrammeEngine;
  reload: () => Promise<unknown>;
}) {
  const { t, language } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const { patient, simulated } = programme;
  const { props, error } = useSwitch(programme.consents.movementRecording === true, async (permits) => {
    const words = wordsOfRecording(t, permits);
    await giveConsent(reprise, id, { patient, simulated, kind: 'movement_recording', permits, language, words });
    await reload();
  });
  return (
    <Stack gap="md">
      <Switch size="md" label={t('sharing.points')} description={t('sharing.pointsWhat')} {...props} />
      <FailureAlert failure={error} />
      <OutboxStatus quiet />
    </Stack>
  );
}

/** Lets the patient choose whether the clinic gets movement recordings; empty while no programme is loaded. */
export function Sharing() {
  const { t } = useLanguage();
  const { data, refetch } = useProgramme();
  const reprise = useProgrammeEngine();
  if (!data?.programme || !reprise) return null;
  return (
    <Section title={t('sharing.title')}>
      <Choice programme={data.programme} reprise={reprise} reload={refetch} />
    </Section>
  );
}
