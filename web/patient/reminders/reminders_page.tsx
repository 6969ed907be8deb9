// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Page } from '../../components/section.tsx';
import { clockNow } from '../../fhir/reminders.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { CalendarSection } from './calendar.tsx';
import { DeviceSection, useDeviceWords } from './push/device_section.tsx';
import { PauseQuestion, RemindersForm } from './form.tsx';
import { useReminders, type Reminders } from './reminders.ts';

/** Where the reminders go to, or why there are none. */
export function RemindersGoTo({ reminders }: { reminders: Reminders }) {
  const { t } = useLanguage();
  const onDevices = useDeviceWords(reminders);
  const { mail, sendsMail } = reminders;
  if (onDevices) return <p>{onDevices}</p>;
  if (!sendsMail) return <Alert tone="careful">{t('reminders.noServer')}</Alert>;
  if (mail === '') return <Alert tone="careful">{t('reminders.noMail')}</Alert>;
  return <p>{t('reminders.to', { mail })}</p>;
}

/** When a patient is reminded of the exercises. */
export function RemindersPage() {
  const { t } = useLanguage();
  const query = useReminders();
  const [stored, setStored] = useState(false);
  return (
    <Page title={t('reminders.title')} narrow>
      <section className="card" aria-label={t('reminders.title')}>
        <Stack gap="md">
          <p className="note">{t(query.data?.push ? 'push.what' : 'reminders.what')}</p>
          <p className="note">{t('reminders.when')}</p>
          <p className="note">{t('reminders.clinic')}</p>
          <QueryBoundary query={query} keepsData>
            {(reminders) => (
              <Stack gap="md">
                <RemindersGoTo reminders={reminders} />
                <PauseQuestion reminders={reminders} />
                {(reminders.choice || (reminders.sendsMail && reminders.mail !== '')) && (
                  <RemindersForm
                    key={reminders.consent?.meta?.versionId}
                    reminders={reminders}
                    suggested={clockNow(new Date())}
                    onStored={() => setStored(true)}
                  />
                )}
              </Stack>
            )}
          </QueryBoundary>
          <div role="status">{stored && <Alert tone="good">{t('reminders.saved')}</Alert>}</div>
        </Stack>
      </section>
      {query.data && <DeviceSection reminders={query.data} />}
      {query.data && <CalendarSection since={query.data.calendarSince} />}
      <div className="actions">
        <Button variant="default" onClick={() => go('/settings')}>
          {t('reminders.toSettings')}
        </Button>
      </div>
    </Page>
  );
}
