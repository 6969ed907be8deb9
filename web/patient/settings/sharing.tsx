import { Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { Programme, Reprise } from 'reprise-engine';
import { useAct } from '../../hooks/act.ts';
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
  const { failure, act } = useAct();
  const [chosen, setChosen] = useState<boolean>();
  const change = async (permits: boolean) => {
    setChosen(permits);
    const { patient, simulated } = programme;
    const kept = await act(async () => {
      await giveConsent(reprise, id, {
        patient,
        simulated,
        kind: 'movement_recording',
        permits,
        language,
        words: wordsOfRecording(t, permits),
      });
      await reload();
    });
    if (!kept) setChosen(undefined);
  };
  return (
    <Stack gap="md">
      <Switch
        size="md"
        label={t('sharing.points')}
        description={t('sharing.pointsWhat')}
        checked={chosen ?? programme.consents.movementRecording === true}
        onChange={(event) => {
          void change(event.currentTarget.checked);
        }}
      />
      {failure && <FailureAlert failure={failure} />}
      <OutboxStatus quiet />
    </Stack>
  );
}

/** What the clinic gets besides results; nothing while no programme is known. */
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
