// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Programme, ProgrammeEngine } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { ExerciseCard } from '../../components/exercise_card.tsx';
import { useAccount } from '../../data/session.ts';
import { Icon } from '../../design/icons.tsx';
import { useBearing } from '../../exercises/bearing.ts';
import { secondsOf } from '../../exercises/prescribed.ts';
import { usePrescribed } from '../../exercises/use_prescribed.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Session } from '../session/flow.ts';
import { holdsOfAll } from '../session/hold_card.tsx';
import { openSession } from '../session/kept_session.ts';
import { recallSoon } from '../session/recalled.ts';
import { lastSession, type Last } from '../session/remembered.ts';
import { DayRing } from './day_ring.tsx';
import { WeekStrip } from './week_strip.tsx';

const isToday = (last: Last | undefined) =>
  last !== undefined && new Date(last.endedAt).toDateString() === new Date().toDateString();

/** The exercises done today, on any device, and a session that was left open on this one. */
function useDay(reprise: ProgrammeEngine, programme: Programme) {
  const { exercises } = programme;
  const { id } = useAccount().account;
  const [last, setLast] = useState<Last>();
  const [open, setOpen] = useState<Session>();
  useEffect(() => {
    let gone = false;
    const show = () => lastSession(id).then((known) => gone || setLast(known));
    void show()
      .then(() => recallSoon(id, reprise, programme))
      .then(show);
    void openSession(
      id,
      exercises.map(({ request }) => request),
    ).then(setOpen);
    return () => {
      gone = true;
    };
  }, [id, reprise, programme, exercises]);
  const done = new Set(isToday(last) ? last?.done : []);
  for (const { request, sets, state } of open?.exercises ?? [])
    if (state !== 'open' && sets.length > 0) done.add(request);
  return { done, open };
}

/** Today's exercises: how many are done, how long they take, and one way to begin. */
export function Plan({ programme, reprise }: { programme: Programme; reprise: ProgrammeEngine }) {
  const { t, counted } = useLanguage();
  const bearing = useBearing()(programme);
  const orders = usePrescribed(reprise, programme.exercises);
  const { done, open } = useDay(reprise, programme);
  if (orders.length === 0) return <Alert tone="careful">{t('today.none')}</Alert>;

  const minutes = Math.max(1, Math.round(orders.reduce((sum, one) => sum + secondsOf(one), 0) / 60));
  const finished = orders.filter(({ order }) => done.has(order.request)).length;
  // By the day's questions a clinic's limits may open them again; those are asked in the card above.
  const closed = holdsOfAll(programme).length > 0;
  const held = programme.exercises.filter((one) => one.held).length;
  const paused = (order: Programme['exercises'][number]) => {
    if (!order.held) return undefined;
    const pain = programme.holds.find(({ exercise }) => exercise === order.request)?.pain ?? null;
    return closed ? t('held.paused.all') : pain === null ? t('held.paused') : t('held.paused.at', { pain });
  };
  const start = open
    ? t('today.continue', { number: open.index + 1, of: open.exercises.length })
    : t(finished > 0 ? 'today.again' : 'today.start');
  const goal = Math.max(1, ...programme.exercises.map(({ daysPerWeek }) => daysPerWeek));
  return (
    <section className="plan" aria-label={programme.title ?? t('today.programme')}>
      <div className="day-card card">
        <DayRing done={finished} of={orders.length} label={t('today.ring', { done: finished, of: orders.length })} />
        <div>
          <h2>{programme.title ?? t('today.programme')}</h2>
          <p className="small minutes">
            <Icon name="minutes" /> {counted('today.minutes', minutes)}
          </p>
        </div>
        <WeekStrip goal={goal} doneToday={finished > 0} />
      </div>
      {bearing && <Alert tone="careful">{bearing}</Alert>}
      <ul className="exercise-cards">
        {orders.map((one, i) => (
          <ExerciseCard
            key={one.order.request}
            prescribed={one}
            done={done.has(one.order.request)}
            paused={paused(one.order)}
            onStart={one.order.held ? undefined : () => go(`/session?exercise=${i}`)}
          />
        ))}
      </ul>
      {!closed && held > 0 && <p className="note">{t('held.pausedUntil')}</p>}
      {!closed && (
        <div className="start-bar">
          <Button size="xl" fullWidth leftSection={<Icon name="play" />} onClick={() => go('/session')}>
            {held === orders.length ? t('held.check') : start}
          </Button>
        </div>
      )}
      {programme.note && <p className="note">{programme.note}</p>}
    </section>
  );
}
