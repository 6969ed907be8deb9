// SPDX-License-Identifier: Apache-2.0
import { Button, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { localStore } from '../../data/local_store.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { clockNow } from '../../fhir/reminders.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useChoose, useReminders, zoneHere, type Reminders } from './reminders.ts';

const laterKey = (account: string) => `reminders later ${account}`;

interface Props {
  reminders: Reminders;
  onLater: () => void;
  onChosen: () => void;
}

function Offered({ reminders, onLater, onChosen }: Props) {
  const { t } = useLanguage();
  const [time, setTime] = useState(clockNow(new Date()));
  const { mutate, isPending, error } = useChoose(reminders);
  return (
    <Section title={t('reminders.offer')}>
      <Stack gap="md">
        <p className="note">{t('reminders.what')}</p>
        <p className="note">{t('reminders.clinic')}</p>
        <p>{t('reminders.to', { mail: reminders.mail })}</p>
        <TextInput
          type="time"
          label={t('reminders.time')}
          value={time}
          onChange={({ currentTarget }) => setTime(currentTarget.value)}
        />
        <FailureAlert failure={error} />
        <div className="actions">
          <Button
            loading={isPending}
            disabled={!time}
            onClick={() => {
              onChosen();
              mutate({ wanted: true, time, zone: zoneHere() });
            }}
          >
            {t('reminders.start')}
          </Button>
          <Button variant="default" onClick={onLater}>
            {t('reminders.later')}
          </Button>
        </div>
      </Stack>
    </Section>
  );
}

/**
 * Offers reminders at the end of a session, until the patient has chosen or said "not now" on this device. Nothing
 * where there is no network, no address, or a server without mail.
 */
export function RemindersOffer() {
  const { t } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const client = useQueryClient();
  const { data: reminders } = useReminders();
  const queryKey = queryKeys.remindersLater(id);
  const { data: later } = useQuery({
    queryKey,
    queryFn: async () => (await (await localStore()).value<boolean>(laterKey(id))) ?? false,
  });
  const [offered, setOffered] = useState(false);
  if (!reminders || later === undefined) return null;
  if (reminders.consent)
    return <div role="status">{offered && <Alert tone="good">{t('reminders.offer.done')}</Alert>}</div>;
  if (later || !reminders.sendsMail || reminders.mail === '') return null;
  const onLater = () => {
    void localStore()
      .then((store) => store.putValue(laterKey(id), true))
      .then(() => client.invalidateQueries({ queryKey }));
  };
  return <Offered reminders={reminders} onLater={onLater} onChosen={() => setOffered(true)} />;
}
