// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Programme } from 'reprise-engine';
import { VisitNow } from '../../clinical/visit/now.tsx';
import { Alert } from '../../components/alert.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Page, Section } from '../../components/section.tsx';
import { useProgrammeEngine } from '../../data/engine.ts';
import type { Loaded } from '../../data/programme.ts';
import { go } from '../../hooks/route.ts';
import { useProgrammeAtOnce } from '../../hooks/use_programme.ts';
import { useLanguage } from '../../translations/language.tsx';
import { BalanceDue } from '../balance/due.tsx';
import { Welcome } from '../consent/welcome.tsx';
import { NotYet } from '../carers/helping_line.tsx';
import { useHelping } from '../carers/use_helping.ts';
import { EnduranceDue } from '../endurance/due.tsx';
import { GoalToday } from '../goal/goal_today.tsx';
import { LoadWalkDue } from '../load_walk/due.tsx';
import { PhoneTestsDue } from '../phone_test/due.tsx';
import { QuestionsDue } from '../questions/due.tsx';
import { ADDRESS as SELF_CHECK } from '../self_check/address.ts';
import { NewDeeds } from '../progress/deeds/deeds_section.tsx';
import { RemindersQuestion } from '../reminders/section.tsx';
import { HoldCard, holdsOfAll } from '../session/hold_card.tsx';
import { ChangedCard } from './changed/changed_card.tsx';
import { InstallCard } from './install/install_card.tsx';
import { PieceCard } from './piece_card.tsx';
import { Plan } from './plan.tsx';
import './today.css';
import { useGivenName } from './use_given_name.ts';

// Loads after the programme, because the clocks of other zones come with it; without it the page is whole.
const NextAppointment = lazy(() =>
  import('../booking/next_appointment.tsx').then(
    ({ NextAppointment: loaded }) => ({ default: loaded }),
    () => ({ default: () => null }),
  ),
);

/** A word of welcome by the hour. */
function useGreeting() {
  const { t } = useLanguage();
  const name = useGivenName() ?? '';
  const hour = new Date().getHours();
  const part = hour < 5 || hour >= 18 ? 'evening' : hour < 12 ? 'morning' : 'day';
  return name ? t(`today.good.${part}.name`, { name }) : t(`today.good.${part}`);
}

/** What the clinic asks or offers besides the exercises. */
function Besides({ loaded, programme }: { loaded: Loaded; programme: Programme }) {
  const helping = useHelping();
  const { t, counted } = useLanguage();
  const problems = programme.problems.filter(({ request }) => request !== null).length;
  return (
    <>
      {problems > 0 && <Alert tone="careful">{counted('today.problems', problems)}</Alert>}
      {!helping && <RemindersQuestion />}
      <QuestionsDue loaded={loaded} />
      <Suspense fallback={null}>
        <NextAppointment />
      </Suspense>
      <LoadWalkDue programme={programme} />
      <EnduranceDue programme={programme} />
      <BalanceDue programme={programme} />
      <PhoneTestsDue programme={programme} />
      {holdsOfAll(programme).length === 0 && (
        <Section title={t('self.title')}>
          <p className="note">{t('self.card')}</p>
          <Button variant="default" mt="sm" onClick={() => go(SELF_CHECK)}>
            {t('self.open')}
          </Button>
        </Section>
      )}
    </>
  );
}

/** Today in one screen: the exercises and one way to begin; below, what else the clinic wants. */
export function TodayPage() {
  const { t, moment } = useLanguage();
  const greeting = useGreeting();
  const helping = useHelping();
  const { data: loaded, error, refetch } = useProgrammeAtOnce();
  const reprise = useProgrammeEngine();
  const programme = loaded?.programme;
  if (programme && reprise && !programme.consents.appUse)
    return helping ? (
      <NotYet />
    ) : (
      <Welcome
        programme={programme}
        reprise={reprise}
        onDone={() => {
          void refetch();
        }}
      />
    );
  return (
    <Page title={t('today.title')} lead={helping ? undefined : greeting}>
      {loaded && programme && holdsOfAll(programme).length > 0 && (
        <HoldCard programme={programme} flags={loaded.questionnaires['red-flags']} />
      )}
      {loaded?.failure && (
        <Alert tone="careful" role="status">
          {t('today.kept', { when: moment(loaded.at) })}
        </Alert>
      )}
      {!helping && <VisitNow />}
      <OutboxStatus quiet />
      <QueryBoundary query={{ data: loaded && reprise ? { loaded, reprise } : undefined, error, refetch }}>
        {({ loaded: now, reprise: built }) =>
          now.programme ? (
            <>
              <ChangedCard programme={now.programme} />
              <Plan programme={now.programme} reprise={built} />
              {!now.programme.exercises.some(({ held }) => held) && <NewDeeds />}
              {!helping && <GoalToday programme={now.programme} />}
              <PieceCard programme={now.programme} />
              <Besides loaded={now} programme={now.programme} />
              <InstallCard />
            </>
          ) : (
            <Alert tone="careful">{t('today.none')}</Alert>
          )
        }
      </QueryBoundary>
      {programme?.simulated && <Alert tone="plain">{t('simulated')}</Alert>}
      <p className="note">
        {t('nobodyWatches')} {programme?.clinic.phone && t('today.clinic', { number: programme.clinic.phone })}
      </p>
      <p className="small">{t('notReviewed')}</p>
    </Page>
  );
}
