// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Programme, Reprise } from 'reprise-engine';
import { ExerciseLine } from '../../components/exercise_line.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, Section } from '../../components/section.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { useProgrammeAtOnce } from '../../hooks/use_programme.ts';
import { useEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { useBearing } from '../../exercises/bearing.ts';
import { prescribedFrom, secondsOf } from '../../exercises/prescribed.ts';
import { Welcome } from '../consent/welcome.tsx';
import { BalanceDue } from '../balance/due.tsx';
import { EnduranceDue } from '../endurance/due.tsx';
import { LoadWalkDue } from '../load_walk/due.tsx';
import { PhoneTestsDue } from '../phone_test/due.tsx';
import { QuestionsDue } from '../questions/due.tsx';
import { ADDRESS as SELF_CHECK } from '../self_check/address.ts';
import { VisitNow } from '../../clinical/visit/now.tsx';
import { HoldCard, holdsOfAll } from '../session/hold_card.tsx';
import { openSession } from '../session/kept_session.ts';
import type { Session } from '../session/flow.ts';
import { lastSession, type Last } from '../session/remembered.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

// Loads after the programme, because the clocks of other zones come with it; without it the page is whole.
const NextAppointment = lazy(() =>
  import('../booking/next_appointment.tsx').then(
    ({ NextAppointment: loaded }) => ({ default: loaded }),
    () => ({ default: () => null }),
  ),
);

function isToday(last: Last | undefined) {
  return last !== undefined && new Date(last.endedAt).toDateString() === new Date().toDateString();
}

function Plan({ programme, reprise }: { programme: Programme; reprise: Reprise }) {
  const { t, counted } = useLanguage();
  const bearing = useBearing()(programme);
  const {
    account: { id },
  } = useAccount();
  const orders = useMemo(
    () => programme.exercises.map((order) => prescribedFrom(reprise, order)),
    [programme, reprise],
  );
  useEffect(
    () => () => {
      for (const { exercise } of orders) exercise.release();
    },
    [orders],
  );
  const [last, setLast] = useState<Last>();
  useEffect(() => {
    void lastSession(id).then(setLast);
  }, [id]);
  const minutes = Math.max(1, Math.round(orders.reduce((sum, one) => sum + secondsOf(one), 0) / 60));
  const done = isToday(last) ? (last?.done ?? []) : [];
  const [open, setOpen] = useState<Session>();
  useEffect(() => {
    void openSession(
      id,
      programme.exercises.map(({ request }) => request),
    ).then(setOpen);
  }, [id, programme]);
  // By the day's questions a clinic's limits may open them again; those are asked in the card above.
  const closed = holdsOfAll(programme).length > 0;
  const none = programme.exercises.every(({ held }) => held);
  const paused = ({ request, held }: Programme['exercises'][number]) => {
    if (!held) return undefined;
    const pain = programme.holds.find(({ exercise }) => exercise === request)?.pain ?? null;
    return closed ? t('held.paused.all') : pain === null ? t('held.paused') : t('held.paused.at', { pain });
  };
  const start = open
    ? t('today.continue', { number: open.index + 1, of: open.exercises.length })
    : t(done.length > 0 ? 'today.again' : 'today.start');
  const problems = programme.problems.filter(({ request }) => request !== null).length;
  return (
    <>
      {orders.length === 0 ? (
        <Alert tone="careful">{t('today.none')}</Alert>
      ) : (
        <Section
          title={programme.title ?? t('today.programme')}
          action={<Badge tone="plain">{counted('today.minutes', minutes)}</Badge>}
        >
          {programme.note && <p className="note">{programme.note}</p>}
          {bearing && <Alert tone="careful">{bearing}</Alert>}
          <ul className="rows">
            {orders.map((one, i) => (
              <ExerciseLine
                key={one.order.request}
                prescribed={one}
                done={done.includes(one.order.request)}
                paused={paused(one.order)}
              >
                {(name) =>
                  !one.order.held && (
                    <Button variant="default" onClick={() => go(`/session?exercise=${i}`)}>
                      {t('today.only')}
                      <span className="hidden"> {name}</span>
                    </Button>
                  )
                }
              </ExerciseLine>
            ))}
          </ul>
          {!closed && programme.exercises.some(({ held }) => held) && <p className="note">{t('held.pausedUntil')}</p>}
          {!closed && (
            <div className="actions">
              <Button size="xl" fullWidth onClick={() => go('/session')}>
                {none ? t('held.check') : start}
              </Button>
            </div>
          )}
        </Section>
      )}
      {problems > 0 && <Alert tone="careful">{counted('today.problems', problems)}</Alert>}
      <LoadWalkDue programme={programme} />
      <EnduranceDue programme={programme} />
      <BalanceDue programme={programme} />
      <PhoneTestsDue programme={programme} />
    </>
  );
}

/** Shows today's exercises, how long they take, and why. */
export function TodayPage() {
  const { t, moment } = useLanguage();
  const { data: loaded, error, refetch } = useProgrammeAtOnce();
  const reprise = useEngine();
  const programme = loaded?.programme;
  if (programme && reprise && !programme.consents.appUse)
    return (
      <Welcome
        programme={programme}
        reprise={reprise}
        onDone={() => {
          void refetch();
        }}
      />
    );
  return (
    <Page title={t('today.title')}>
      {loaded && programme && holdsOfAll(programme).length > 0 && (
        <HoldCard programme={programme} flags={loaded.questionnaires['red-flags']} />
      )}
      {programme?.simulated && <Alert tone="plain">{t('simulated')}</Alert>}
      {loaded?.failure && (
        <Alert tone="careful" role="status">
          {t('today.kept', { when: moment(loaded.at) })}
        </Alert>
      )}
      <VisitNow />
      <OutboxStatus quiet />
      {loaded && <QuestionsDue loaded={loaded} />}
      <Suspense fallback={null}>
        <NextAppointment />
      </Suspense>
      <QueryBoundary query={{ data: loaded && reprise ? { programme, reprise } : undefined, error, refetch }}>
        {(both) =>
          both.programme ? (
            <Plan programme={both.programme} reprise={both.reprise} />
          ) : (
            <Alert tone="careful">{t('today.none')}</Alert>
          )
        }
      </QueryBoundary>
      {programme && holdsOfAll(programme).length === 0 && (
        <Section title={t('self.title')}>
          <p className="note">{t('self.card')}</p>
          <Button variant="default" mt="sm" onClick={() => go(SELF_CHECK)}>
            {t('self.open')}
          </Button>
        </Section>
      )}
      <p className="note">
        {t('nobodyWatches')} {programme?.clinic.phone && t('today.clinic', { number: programme.clinic.phone })}
      </p>
      <p className="small">{t('notReviewed')}</p>
    </Page>
  );
}
