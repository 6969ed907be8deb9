// SPDX-License-Identifier: Apache-2.0
import './visit.css';
import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { WhoIs } from '../../components/who.tsx';
import type { Who } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Failure } from '../../data/api.ts';
import { go, home } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { ConsentForm } from './consent_form.tsx';
import { InCall, type Ended } from './in_call.tsx';
import { Lobby } from './lobby.tsx';
import type { Tracks } from './use_call.ts';
import type { Place } from './address.ts';
import { loadClinician, loadPatient, loadVisit, type Visit } from './visit.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

const LOOK_EACH_MS = 3000;

function Over({ visit, ended, onAgain }: { visit: Visit; ended: Ended; onAgain: () => void }) {
  const { t, counted } = useLanguage();
  return (
    <div className="card">
      {ended.code ? (
        <FailureAlert failure={new Failure(ended.code)} />
      ) : (
        <Alert tone="good" role="status">
          {t('visit.ended')} {ended.minutes > 0 && counted('visit.minutes', ended.minutes)}
        </Alert>
      )}
      <div className="actions visit-after">
        <Button onClick={() => go(visit.side === 'patient' ? '/today' : `/patient?id=${visit.patient}`)}>
          {t(visit.side === 'patient' ? 'visit.toToday' : 'visit.toChart')}
        </Button>
        {ended.code !== 'visit-over' && ended.code !== 'not-found' && (
          <Button variant="default" onClick={onAgain}>
            {t(ended.code === 'visit-elsewhere' ? 'visit.here' : 'visit.again')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface OpenProps {
  id: string;
  visit: Visit;
  name: string;
  reload: () => Promise<unknown>;
}

function Open({ id, visit, name, reload }: OpenProps) {
  const { t, moment } = useLanguage();
  const [tracks, setTracks] = useState<Tracks>();
  const [ended, setEnded] = useState<Ended>();
  const waits = !tracks && !ended;
  // The reload shows when the other participant arrives, the patient consents, and the visit opens.
  useEffect(() => {
    if (!waits || visit.state === 'over') return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void reload();
    }, LOOK_EACH_MS);
    return () => clearInterval(timer);
  }, [waits, visit.state, reload]);
  const leave = useCallback((how: Ended) => {
    setTracks(undefined);
    setEnded(how);
  }, []);
  if (ended)
    return (
      <Over
        visit={visit}
        ended={ended}
        onAgain={() => {
          setEnded(undefined);
          void reload();
        }}
      />
    );
  if (tracks)
    return (
      <InCall
        appointment={id}
        offers={visit.side === 'clinician'}
        name={name}
        first={tracks}
        hasRelay={visit.relay}
        onEnd={leave}
      />
    );
  if (visit.state === 'over') return <Alert tone="careful">{t('failure.visit-over')}</Alert>;
  if (visit.side === 'patient' && visit.consent !== true)
    return <ConsentForm patient={visit.patient} before={visit.consent} onAnswered={reload} />;
  return (
    <>
      {visit.state === 'early' && (
        <Alert tone="careful" role="status">
          {t('visit.early', { when: moment(visit.opens) })}
        </Alert>
      )}
      {visit.consent !== true && (
        <Alert tone="careful" role="status">
          {t(visit.consent === null ? 'visit.unasked' : 'visit.denied', { name })}
        </Alert>
      )}
      <Lobby
        name={name}
        there={visit.other !== null}
        ready={visit.state === 'open' && visit.consent === true}
        onJoin={setTracks}
      />
    </>
  );
}

/** Loads the other participant; undefined if that fails, because a visit needs no name. */
async function loadOther({ side, patient, practitioners }: Visit): Promise<{ who?: Who; name?: string } | undefined> {
  if (side === 'patient')
    return loadClinician(practitioners[0] ?? '').then(
      (name) => (name === undefined ? undefined : { name }),
      () => undefined,
    );
  return loadPatient(patient).then(
    (who) => ({ who, name: who.name }),
    () => undefined,
  );
}

function Known({ id }: { id: string }) {
  const { t } = useLanguage();
  // The visit is loaded every few seconds. The name is loaded once, because each load is an entry in the audit log.
  const named = useRef<Awaited<ReturnType<typeof loadOther>>>(undefined);
  const query = useQuery({
    queryKey: queryKeys.visit(id),
    queryFn: async () => {
      const visit = await loadVisit(id);
      named.current ??= await loadOther(visit);
      return { visit, ...named.current };
    },
  });
  const { data, error, refetch } = query;
  const side = t(data?.visit.side === 'clinician' ? 'visit.thePatient' : 'visit.theClinician');
  return (
    <Page
      title={t('visit.title')}
      lead={
        <>
          {data?.who && (
            <>
              <WhoIs who={data.who} />
              <br />
            </>
          )}
          {t('visit.lead')}
        </>
      }
    >
      {data && <FailureAlert failure={error} />}
      {data ? (
        <Open id={id} visit={data.visit} name={data.name ?? side} reload={refetch} />
      ) : (
        <QueryBoundary query={query}>{() => null}</QueryBoundary>
      )}
    </Page>
  );
}

/** Shows a video visit: docs/clinician/video-visits.md. */
export function VisitPage({ appointment: id }: Place) {
  const { t } = useLanguage();
  const { role } = useAccount().account;
  if (!id) {
    return (
      <Page title={t('visit.title')}>
        <Alert tone="careful">{t(role === 'patient' ? 'visit.which.patient' : 'visit.which')}</Alert>
        <div className="actions">
          <Button onClick={() => go(home(role))}>{t(role === 'patient' ? 'visit.toToday' : 'visit.toWorklist')}</Button>
        </div>
      </Page>
    );
  }
  return <Known key={id} id={id} />;
}
