// SPDX-License-Identifier: Apache-2.0
// A patient's reminders for clinicians: the choice, when the last one was sent, whether it asked to pause.
import { useQuery } from '@tanstack/react-query';
import type { Communication, Consent } from 'fhir/r4';
import { fhirRead } from '../../data/api.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { localTime } from '../../fhir/local_time.ts';
import { choiceIn, openQuestion, readChoice } from '../../fhir/reminders.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { useLanguage } from '../../translations/language.tsx';

const SENT = ['exercise-reminder', 'exercise-reminder-second', 'exercise-reminder-question']
  .map((code) => `urn:reprise:communication%7C${code}`)
  .join(',');

const lastSent = async (patient: string) =>
  resourcesIn<Communication>(
    [await fhirRead(`Communication?subject=Patient/${patient}&category=${SENT}&_sort=-sent&_count=10`)],
    'Communication',
  );

export function RemindersFact({ patient, consents }: { patient: string; consents: readonly Consent[] }) {
  const { t, moment, day } = useLanguage();
  const { data: sent = [] } = useQuery({
    queryKey: queryKeys.sentReminders(patient),
    queryFn: () => lastSent(patient),
  });
  const consent = choiceIn(consents);
  const choice = consent && readChoice(consent);
  if (!consent) return t('chart.reminders.none');
  const { time = '', zone = '', second, pausedUntil } = choice ?? {};
  const last = sent[0]?.sent;
  const asked = openQuestion(sent, consent);
  const says = [
    ...(choice?.wanted ? [t('chart.reminders.on', { time, zone })] : [t('chart.reminders.off')]),
    ...(choice?.wanted && second ? [t('chart.reminders.second', { time: second })] : []),
    ...(choice?.wanted && pausedUntil && pausedUntil > localTime(new Date()).slice(0, 10)
      ? [t('chart.reminders.paused', { day: day(pausedUntil) })]
      : []),
    ...(last ? [t('chart.reminders.last', { when: moment(last) })] : []),
  ];
  return (
    <>
      {says.join(', ')}
      {asked && <span className="line">{t('chart.reminders.asked', { when: moment(asked) })}</span>}
    </>
  );
}
