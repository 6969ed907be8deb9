// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { PauseQuestion } from './form.tsx';
import { useNoticeWords } from './push/notice_words.ts';
import { useReminders } from './reminders.ts';

/** The way from "More" to the reminders. */
export function RemindersSection() {
  const { t } = useLanguage();
  return (
    <Section title={t('reminders.title')}>
      <Stack gap="md">
        <p className="note">{t('reminders.when')}</p>
        <Button variant="default" onClick={() => go('/reminders')}>
          {t('reminders.open')}
        </Button>
      </Stack>
    </Section>
  );
}

/** The question whether to pause, on Today; nothing while none is open, or without a network. */
export function RemindersQuestion() {
  const { data } = useReminders();
  useNoticeWords(data?.push);
  return data ? <PauseQuestion reminders={data} /> : null;
}
