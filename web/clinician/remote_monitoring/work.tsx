// SPDX-License-Identifier: Apache-2.0
import type { Task } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { sendTransaction } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { correctedTime, hasCode, minutesOf, talkBundle, timeBundle, WAYS, wrongTime, type About } from './forms.ts';
import type { Loaded } from './load.ts';
import { WhenDialog } from './when_dialog.tsx';

const FIRST = 20;

function useMinutes() {
  const { t, number } = useLanguage();
  return (minutes: number) => t('rtm.lasted', { minutes: number(minutes) });
}

function Correct({ task, onClose, onChanged }: { task: Task; onClose: () => void; onChanged: () => Promise<unknown> }) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => sendTransaction(wrongTime(task)),
    onSuccess: () => {
      onClose();
      return onChanged();
    },
  });
  return (
    <WhenDialog
      title={t('rtm.time.correct')}
      start={task.executionPeriod?.start}
      minutes={minutesOf(task.executionPeriod)}
      onClose={onClose}
      beside={
        <>
          <Button variant="default" loading={isPending} onClick={() => mutate()}>
            {t('rtm.time.wrong')}
          </Button>
          <FailureAlert failure={error} />
        </>
      }
      onSave={async (start, minutes) => {
        await sendTransaction(correctedTime(task, start, minutes));
        await onChanged();
      }}
    />
  );
}

/** Lists the management time, recorded by a timer or by hand, and corrects it. */
export function Times({
  times,
  about,
  onChanged,
}: {
  times: Loaded['times'];
  about: About;
  onChanged: () => Promise<unknown>;
}) {
  const { t, moment } = useLanguage();
  const lasted = useMinutes();
  const [open, setOpen] = useState<'new' | Task>();
  const [all, setAll] = useState(false);
  const close = () => setOpen(undefined);
  return (
    <Section
      title={t('rtm.times')}
      action={
        <Button variant="default" size="sm" onClick={() => setOpen('new')}>
          {t('rtm.time.add')}
        </Button>
      }
    >
      <p className="note">{t('rtm.times.what')}</p>
      {times.length === 0 && <p className="none">{t('rtm.times.none')}</p>}
      <ul className="rows">
        {times.slice(0, all ? times.length : FIRST).map((task) => (
          <li key={task.id} className="row">
            <span>
              {task.executionPeriod?.start && moment(task.executionPeriod.start)}
              <span className="small"> {lasted(minutesOf(task.executionPeriod))}</span>
            </span>
            <span className="end">
              <Button variant="subtle" size="compact-sm" onClick={() => setOpen(task)}>
                {t('rtm.time.correct')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {!all && times.length > FIRST && (
        <Button variant="default" mt="md" onClick={() => setAll(true)}>
          {t('rtm.showAll', { count: times.length })}
        </Button>
      )}
      {open === 'new' && (
        <WhenDialog
          title={t('rtm.time.add')}
          onClose={close}
          onSave={async (start, minutes) => {
            await sendTransaction(timeBundle(about, crypto.randomUUID(), start, minutes));
            await onChanged();
          }}
        />
      )}
      {typeof open === 'object' && <Correct task={open} onClose={close} onChanged={onChanged} />}
    </Section>
  );
}

/** Lists the conversations with the patient, and adds one. */
export function Talks({
  talks,
  about,
  onChanged,
}: {
  talks: Loaded['talks'];
  about: About;
  onChanged: () => Promise<unknown>;
}) {
  const { t, moment } = useLanguage();
  const lasted = useMinutes();
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('rtm.talksTitle')}
      action={
        <Button variant="default" size="sm" onClick={() => setAdding(true)}>
          {t('rtm.talk.add')}
        </Button>
      }
    >
      <p className="note">{t('rtm.talks.what')}</p>
      {talks.length === 0 && <p className="none">{t('rtm.talks.none')}</p>}
      <ul className="rows">
        {talks.map((talk) => {
          const way = WAYS.find((one) => hasCode(talk.type, one));
          return (
            <li key={talk.id} className="row">
              <span>
                {talk.period?.start && moment(talk.period.start)}
                <span className="small">
                  {' '}
                  {way && t(`rtm.way.${way}`)} · {lasted(minutesOf(talk.period))}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      {adding && (
        <WhenDialog
          withWay
          title={t('rtm.talk.add')}
          onClose={() => setAdding(false)}
          onSave={async (start, minutes, way) => {
            await sendTransaction(talkBundle(about, crypto.randomUUID(), way, start, minutes));
            await onChanged();
          }}
        />
      )}
    </Section>
  );
}
