// SPDX-License-Identifier: Apache-2.0
import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { ask } from '../../data/api.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { useLanguage } from '../../translations/language.tsx';

/** The address, shown once, and the ways to bring it into a calendar. */
function Address({ address }: { address: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <Stack gap="sm">
      <TextInput
        label={t('reminders.calendar.address')}
        description={t('reminders.calendar.once')}
        value={address}
        readOnly
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div className="actions">
        <Button component="a" href={address.replace(/^https?:/, 'webcal:')}>
          {t('reminders.calendar.open')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            void navigator.clipboard.writeText(address).then(() => setCopied(true));
          }}
        >
          {t('reminders.calendar.copy')}
        </Button>
      </div>
      <div role="status">{copied && t('reminders.calendar.copied')}</div>
    </Stack>
  );
}

/** Lets the patient subscribe to times of exercises and appointments in the phone's calendar, and end that. */
export function CalendarSection({ since }: { since: string | undefined }) {
  const { t, moment } = useLanguage();
  const client = useQueryClient();
  const {
    account: { person = '' },
  } = useAccount();
  const onSettled = () => client.invalidateQueries({ queryKey: queryKeys.reminders(person) });
  const made = useMutation({
    mutationFn: () => ask<{ address: string }>('POST', 'reminders/calendar', {}),
    onSettled,
  });
  const ended = useMutation({
    mutationFn: () => ask('DELETE', 'reminders/calendar'),
    onSuccess: () => made.reset(),
    onSettled,
  });
  return (
    <Section title={t('reminders.calendar')}>
      <Stack gap="md">
        <p className="note">{t('reminders.calendar.what')}</p>
        <Alert tone="plain">{t('reminders.calendar.secret')}</Alert>
        {made.data && <Address address={made.data.address} />}
        {since && !made.data && <p>{t('reminders.calendar.since', { when: moment(since) })}</p>}
        <FailureAlert failure={made.error ?? ended.error} />
        <div className="actions">
          <Button variant="default" loading={made.isPending} onClick={() => made.mutate()}>
            {t(since ? 'reminders.calendar.renew' : 'reminders.calendar.make')}
          </Button>
          {since && (
            <Button variant="default" loading={ended.isPending} onClick={() => ended.mutate()}>
              {t('reminders.calendar.end')}
            </Button>
          )}
        </div>
      </Stack>
    </Section>
  );
}
