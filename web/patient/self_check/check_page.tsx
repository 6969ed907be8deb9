// SPDX-License-Identifier: Apache-2.0
// "How am I moving?": for a patient with results in the record, for everyone else without any trace.
import './self_check.css';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Programme, RequestTerms } from 'reprise-engine';
import { loadCounts } from '../../clinical/recorded_counts.ts';
import { loadRecorded } from '../../clinical/recorded_ranges.ts';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import type { Session } from '../../data/api.ts';
import { useEngine } from '../../data/engine.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import type { Clinic } from '../../fhir/clinic.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { RequestedPage, type StepsProps } from '../requests/requested_page.tsx';
import { holdsOfAll } from '../session/hold_card.tsx';
import { DEFINITION, publicRedFlags } from './definition.ts';
import { countedNow, isLimited, releasedIn } from './flow.ts';
import { keeperOf } from './keeper.ts';
import { SelfCheck } from './steps.tsx';

/** As the server is configured; nothing is guessed. */
const clinicOf = ({ clinic }: Session): Clinic => ({
  clinic: { name: clinic?.name || null, phone: clinic?.phone || null },
  emergencyNumber: clinic?.emergencyNumber || null,
});

function Waiting() {
  const { t } = useLanguage();
  return <Loader role="status" aria-label={t('loading')} />;
}

/** What it is, before anything is asked. */
function Start({ isKept, onStart }: { isKept: boolean; onStart: () => void }) {
  const { t } = useLanguage();
  return (
    <Page title={t('self.title')} lead={t('self.lead')} narrow>
      <div className="card">
        <ul className="steps-list">
          <li>{t('self.start.flags')}</li>
          <li>{t('self.start.questions')}</li>
          <li>{t('self.start.movements')}</li>
        </ul>
        <p>{t('self.stays')}</p>
        <p>{t(isKept ? 'self.start.kept' : 'self.start.notKept')}</p>
      </div>
      <Alert tone="careful">{t('self.start.emergency')}</Alert>
      <div className="actions">
        <Button size="lg" onClick={onStart}>
          {t('self.start')}
        </Button>
      </div>
      <p className="note">{t('nobodyWatches')}</p>
      <p className="small">{t('notReviewed')}</p>
    </Page>
  );
}

/** Without an account: answers live as long as the page, and no request carries one. */
function PublicCheck({ clinic }: { clinic: Clinic }) {
  const { t } = useLanguage();
  const reprise = useEngine();
  const flags = useMemo(publicRedFlags, []);
  // How often it was begun; each begins without the answers of the last.
  const [turn, setTurn] = useState(0);
  if (turn === 0) return <Start isKept={false} onStart={() => setTurn(1)} />;
  if (!reprise) return <Waiting />;
  return (
    <SelfCheck
      key={turn}
      reprise={reprise}
      clinic={clinic}
      flags={flags}
      simulated={false}
      keeper={undefined}
      onEnd={{ text: t('self.again'), go: () => setTurn(0) }}
    />
  );
}

/** It is no request of its own: a patient may do it any time, unless everything is on hold. */
const asked = (programme: Programme): RequestTerms => ({
  request: '',
  everyDays: 0,
  helper: false,
  held: holdsOfAll(programme).length > 0,
  supportNote: null,
  instruction: null,
  answerBy: null,
  lastDone: null,
  done: false,
  due: null,
  problem: null,
});

function OwnSteps({ programme, questionnaires, reprise }: StepsProps<RequestTerms>) {
  const { t, language, day } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const [isStarted, setStarted] = useState(false);
  const recorded = useQuery({
    queryKey: queryKeys.rangeOfMotion(programme.patient),
    queryFn: () => loadRecorded(programme.patient),
    retry: false,
  });
  const counts = useQuery({
    queryKey: queryKeys.counts(programme.patient),
    queryFn: () => loadCounts(programme.patient),
    retry: false,
  });
  const keeper = useMemo(
    () =>
      keeperOf(reprise, id, programme, questionnaires, language, {
        left: t('self.left'),
        right: t('self.right'),
        both: t('self.both'),
      }),
    [reprise, id, programme, questionnaires, language, t],
  );
  if (!isStarted) return <Start isKept onStart={() => setStarted(true)} />;
  // Without a network there is nothing to compare with.
  if (recorded.isPending || counts.isPending) return <Waiting />;
  const ranges = (recorded.data ?? [])
    .filter(({ method, passive }) => method === 'camera' && !passive)
    .map((one) => ({
      test: one.test,
      side: one.side ?? null,
      degrees: one.degrees,
      uncertainty_deg: one.uncertainty ?? null,
      not_measured: null,
      day: day(one.at.slice(0, 10)),
    }));
  const counted = (counts.data ?? []).map(({ test, count, at }) => ({
    ...countedNow(test, count, 'nothing'),
    day: day(at.slice(0, 10)),
  }));
  return (
    <SelfCheck
      reprise={reprise}
      clinic={programme}
      flags={questionnaires['red-flags']}
      simulated={programme.simulated}
      keeper={keeper}
      limits={programme.limits}
      limited={isLimited(programme)}
      released={releasedIn(programme)}
      earlier={[...ranges, ...counted.filter(({ test }) => DEFINITION.function_tests.some(({ id }) => id === test))]}
      onEnd={{ text: t('session.toToday'), go: () => go('/today') }}
    />
  );
}

function OwnCheck() {
  const { t } = useLanguage();
  return (
    <RequestedPage
      request={undefined}
      find={asked}
      title={t('self.title')}
      unknown={t('self.held')}
      held={t('self.held')}
      steps={(props) => <OnceOpen {...props} />}
    />
  );
}

/** A hold that comes from its own answers does not take the page away that says what to do. */
function OnceOpen(props: StepsProps<RequestTerms>) {
  const [first] = useState(props);
  return first.closed || <OwnSteps {...first} />;
}

export function CheckPage({ session }: { session: Session }) {
  const isPatient = session.stage === 'full' && session.account?.role === 'patient';
  return isPatient ? <OwnCheck /> : <PublicCheck clinic={clinicOf(session)} />;
}
