// SPDX-License-Identifier: Apache-2.0
// The consent that the clinic keeps photos of posture: off until the patient turns it on.
import { Stack, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Section } from '../../components/section.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { recordConsent, recordedConsent } from '../../data/recorded_consents.ts';
import { useAccount } from '../../data/session.ts';
import { useSwitch } from '../../hooks/use_switch.ts';
import { useLanguage } from '../../translations/language.tsx';
import { wordsOfPhotos } from '../consent/words.ts';

function Choice({ patient, agreed }: { patient: string; agreed: boolean }) {
  const { t, language } = useLanguage();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const store = async (permits: boolean) => {
    await recordConsent({ patient, kind: 'posture_photo', permits, language, words: wordsOfPhotos(t, permits) });
    await client.invalidateQueries({ queryKey: queryKeys.photoConsent(patient) });
  };
  const { props, error } = useSwitch(agreed, store);
  return (
    <Stack gap="md">
      <p className="note">{t('photos.what')}</p>
      <p className="note">{t('photos.end')}</p>
      <Switch
        size="md"
        label={t('photos.switch')}
        {...props}
        checked={agreed || props.checked}
        onChange={(event) => {
          // Erased photos cannot be brought back.
          if (event.currentTarget.checked) props.onChange(event);
          else setAsking(true);
        }}
      />
      <FailureAlert failure={error} />
      {asking && (
        <Confirm
          title={t('photos.ask')}
          text={t('photos.askWhat')}
          action={t('photos.off')}
          onClose={() => setAsking(false)}
          onConfirm={() => store(false)}
        />
      )}
    </Stack>
  );
}

/** Lets the patient allow that photos of posture are kept, and take that back. */
export function PhotoConsent() {
  const { t } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const query = useQuery({
    queryKey: queryKeys.photoConsent(person),
    queryFn: () => recordedConsent(person, 'posture-photo'),
  });
  return (
    <Section title={t('photos.title')}>
      <QueryBoundary query={query} keepsData>
        {({ state }) => <Choice key={state} patient={person} agreed={state === 'yes'} />}
      </QueryBoundary>
    </Section>
  );
}
