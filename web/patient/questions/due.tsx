// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Alert } from '../../components/alert.tsx';
import { localTime } from '../../fhir/local_time.ts';
import type { OpenQuestionnaire, Loaded } from '../../data/programme.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';

/** Whether it is to be answered today, by the patient's own clock. */
export const isDue = ({ asked: { done, due } }: OpenQuestionnaire, today = localTime(new Date()).slice(0, 10)) =>
  !done && (due === null || due <= today);

/** On Today: that there is something to answer. */
export function QuestionsDue({ loaded: { asked, programme } }: { loaded: Loaded }) {
  const { t, counted } = useLanguage();
  const due = asked.filter((one) => isDue(one)).length;
  const unread = (programme?.problems ?? []).filter(({ request }) => request === null).length;
  return (
    <>
      {due > 0 && (
        <Alert tone="plain">
          {counted('questions.due', due)}
          <Button variant="default" size="sm" mt="sm" display="block" onClick={() => go('/questions')}>
            {t('questions.answer')}
          </Button>
        </Alert>
      )}
      {unread > 0 && <Alert tone="careful">{counted('questions.problems', unread)}</Alert>}
    </>
  );
}
