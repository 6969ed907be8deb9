// SPDX-License-Identifier: Apache-2.0
import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { localTime } from '../../fhir/local_time.ts';
import { laterClock, problemIn, type Choice } from '../../fhir/reminders.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useChoose, wasChanged, zoneHere, type Reminders } from './reminders.ts';

const SECOND_AFTER_MIN = 120;

function Problem({ error }: { error: Error | null }) {
  const { t } = useLanguage();
  return wasChanged(error) ? <Alert tone="careful">{t('reminders.changed')}</Alert> : <FailureAlert failure={error} />;
}

/** The question whether to pause, with its three answers. */
export function PauseQuestion({ reminders }: { reminders: Reminders }) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useChoose(reminders);
  const { choice, asked } = reminders;
  if (!asked || !choice) return null;
  const back = new Date();
  back.setDate(back.getDate() + 14);
  const pausedUntil = localTime(back).slice(0, 10);
  return (
    <Alert tone="careful">
      <Stack gap="sm">
        <p>{t('reminders.ask')}</p>
        <div className="actions">
          <Button variant="default" loading={isPending} onClick={() => mutate({ ...choice, pausedUntil })}>
            {t('reminders.ask.pause')}
          </Button>
          <Button variant="default" disabled={isPending} onClick={() => mutate({ ...choice, pausedUntil: undefined })}>
            {t('reminders.ask.goOn')}
          </Button>
          <Button variant="default" disabled={isPending} onClick={() => mutate({ ...choice, wanted: false })}>
            {t('reminders.ask.stop')}
          </Button>
        </div>
        <Problem error={error} />
      </Stack>
    </Alert>
  );
}

/** What holds now, in words. */
function Standing({ choice }: { choice: Choice | undefined }) {
  const { t, day } = useLanguage();
  if (!choice?.wanted) return <p>{t('reminders.off')}</p>;
  const { time, pausedUntil } = choice;
  const paused = pausedUntil !== undefined && pausedUntil > localTime(new Date()).slice(0, 10);
  return <p>{paused ? t('reminders.paused', { day: day(pausedUntil), time }) : t('reminders.on', { time })}</p>;
}

interface Props {
  reminders: Reminders;
  suggested: string;
  onStored: () => void;
}

/** Time, second reminder, pause, stop. */
export function RemindersForm({ reminders, suggested, onStored }: Props) {
  const { t } = useLanguage();
  const { choice } = reminders;
  const [time, setTime] = useState(choice?.time ?? suggested);
  const [second, setSecond] = useState(choice?.second);
  const [pausedUntil, setPausedUntil] = useState(choice?.pausedUntil ?? '');
  const { mutate, isPending, error } = useChoose(reminders, onStored);
  const [problem, setProblem] = useState<ReturnType<typeof problemIn>>();
  const here = zoneHere();
  const elsewhere = choice !== undefined && choice.zone !== here;
  const onDevices = choice?.onDevices;
  const now: Choice = { wanted: true, onDevices, time, second, zone: here, pausedUntil: pausedUntil || undefined };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const found = problemIn(now);
    setProblem(found);
    if (!found) mutate(now);
  };
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <Standing choice={choice} />
        <TextInput
          type="time"
          label={t('reminders.time')}
          description={
            elsewhere ? t('reminders.zoneOther', { zone: choice.zone, here }) : t('reminders.zone', { zone: here })
          }
          value={time}
          onChange={({ currentTarget }) => setTime(currentTarget.value)}
        />
        <Switch
          size="md"
          label={t('reminders.secondWanted')}
          description={t('reminders.secondWhat')}
          checked={second !== undefined}
          onChange={({ currentTarget }) =>
            setSecond(currentTarget.checked ? laterClock(time, SECOND_AFTER_MIN) : undefined)
          }
        />
        {second !== undefined && (
          <TextInput
            type="time"
            label={t('reminders.second')}
            value={second}
            onChange={({ currentTarget }) => setSecond(currentTarget.value)}
          />
        )}
        <TextInput
          type="date"
          label={t('reminders.pause')}
          description={t('reminders.pauseWhat')}
          value={pausedUntil}
          onChange={({ currentTarget }) => setPausedUntil(currentTarget.value)}
        />
        {problem && (
          <Alert tone="bad" role="alert">
            {t(problem)}
          </Alert>
        )}
        <Problem error={error} />
        <div className="actions">
          <Button type="submit" size="lg" loading={isPending}>
            {t(choice?.wanted ? 'reminders.save' : 'reminders.start')}
          </Button>
          {choice?.wanted && (
            <Button
              variant="default"
              size="lg"
              disabled={isPending}
              onClick={() => mutate({ ...choice, wanted: false })}
            >
              {t('reminders.stop')}
            </Button>
          )}
        </div>
      </Stack>
    </form>
  );
}
