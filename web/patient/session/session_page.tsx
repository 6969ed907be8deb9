// SPDX-License-Identifier: Apache-2.0
// A session of exercises from the first question to the summary.
import { Loader } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Programme, ProgrammeEngine } from 'reprise-engine';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useProgramme } from '../../hooks/use_programme.ts';
import { flush } from '../../data/outbox.ts';
import { loadStoredProgramme, loadProgramme, type Loaded } from '../../data/programme.ts';
import { useProgrammeEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { holdScreen, useAccount } from '../../data/session.ts';
import { Welcome } from '../consent/welcome.tsx';
import { usePrescribed } from '../../exercises/use_prescribed.ts';
import { isOver, reprogrammed, withHeld, type Session } from './flow.ts';
import type { Place } from './address.ts';
import { ExercisesOnHold } from './halted.tsx';
import { holdsOfAll, isClosed } from './hold_card.tsx';
import { keepSession, opened } from './kept_session.ts';
import { recallSoon } from './recalled.ts';
import { keepLast } from './remembered.ts';
import { Steps } from './steps.tsx';

/** A set waits so long for the record's word on it; what comes later holds from the next set on. Unsourced default. */
const NEWS_PATIENCE_MS = 2500;

type Present = Loaded & { programme: Programme };

/** What of a programme an exercise depends on. */
const followed = (programme: Programme | undefined) =>
  programme && JSON.stringify({ ...programme, consents: null, questionnaires: null, holds: null });
/** The same, whatever is on hold. */
const prescribed = (programme: Programme) =>
  followed({ ...programme, exercises: programme.exercises.map((one) => ({ ...one, held: false })) });

/**
 * Returns a function that requests the programme and its holds. It resolves to whether the exercise is still prescribed
 * and open, as far as is known soon: by the record, else by this device. `onNews` receives a changed programme, also
 * later; `onConsents` receives the patient's present consents, perhaps given on another device.
 */
function useNews(
  { programme }: Present,
  onNews: (loaded: Loaded) => void,
  onConsents: (consents: Programme['consents']) => void,
) {
  const {
    account: { id, person },
  } = useAccount();
  return useCallback(
    (request?: string) => {
      const applyNews = (loaded: Loaded): boolean => {
        if (followed(loaded.programme) !== followed(programme)) {
          onNews(loaded);
          const held = loaded.programme?.exercises.some((one) => one.held && one.request === request) ?? true;
          return !held && loaded.programme !== undefined && prescribed(loaded.programme) === prescribed(programme);
        }
        if (loaded.programme && JSON.stringify(loaded.programme.consents) !== JSON.stringify(programme.consents))
          onConsents(loaded.programme.consents);
        return true;
      };
      const here = () =>
        loadStoredProgramme(id).then(
          (known) => (known ? applyNews(known) : true),
          () => true,
        );
      let late: ReturnType<typeof setTimeout> | undefined;
      const stored = new Promise<boolean>((resolve, reject) => {
        late = setTimeout(() => {
          here().then(resolve, reject);
        }, NEWS_PATIENCE_MS);
      });
      // The record's word is the last one: what this device knew is not applied after it.
      const asked = loadProgramme(id, person ?? '')
        .finally(() => clearTimeout(late))
        .then(applyNews, here);
      return Promise.race([asked, stored]);
    },
    [programme, id, person, onNews, onConsents],
  );
}

function ActiveSession({
  loaded,
  reprise,
  from,
  onEnded,
  onAgain,
}: {
  loaded: Present;
  reprise: ProgrammeEngine;
  /** The exercise to begin at; undefined: goes on where it was left. */
  from: number | undefined;
  onEnded: () => void;
  onAgain: () => void;
}) {
  const { t } = useLanguage();
  const {
    account: { id },
  } = useAccount();
  const [present, setPresent] = useState(loaded);
  const [news, setNews] = useState<Loaded>();
  const [changes, setChanges] = useState(0);
  const [told, setTold] = useState(true);
  const { programme, questionnaires } = present;
  useEffect(holdScreen, []);
  const { exercises } = programme;
  const orders = usePrescribed(reprise, exercises);
  const [session, setSession] = useState<Session>();
  const first = useRef({ orders, from, reprise, loaded });
  useEffect(() => {
    const { orders: all, from: asked, reprise: engine, loaded: begun } = first.current;
    const start = asked === undefined ? undefined : Math.min(asked, all.length - 1);
    // Returning to this address or reloading it continues at the same place.
    window.history.replaceState(window.history.state, '', '/session');
    void opened(
      id,
      all.map(({ order }) => order),
      start,
      () => recallSoon(id, engine, begun.programme),
    ).then((now) => {
      setSession(now);
      if (start !== undefined) void keepSession(id, now);
    });
  }, [id]);
  const agreed = useCallback(
    (consents: Programme['consents']) => setPresent((now) => ({ ...now, programme: { ...now.programme, consents } })),
    [],
  );
  const holds = useNews(present, setNews, agreed);

  const change = useCallback(
    (next: Session) => {
      setSession(next);
      if (next.step.kind === 'set') setTold(true);
      void keepSession(id, next);
      if (isOver(next)) void keepLast(id, next);
    },
    [id],
  );

  /** Checks the holds after the day's first answers, by which the record may lift them. */
  const checked = useCallback(async () => {
    if (programme.holds.length === 0) return;
    await Promise.race([
      flush(),
      new Promise((resolve) => {
        setTimeout(resolve, NEWS_PATIENCE_MS);
      }),
    ]);
    await holds();
  }, [programme, holds]);

  // Never during a set: its count belongs to the prescription of its start.
  useEffect(() => {
    if (
      !session ||
      (session.step.kind !== 'introduce' && session.step.kind !== 'rest' && session.step.kind !== 'earlier')
    )
      return;
    const next = news ? news.programme : programme;
    setNews(undefined);
    if (!next) {
      onEnded();
      return;
    }
    let now = session;
    if (news && prescribed(next) !== prescribed(programme)) {
      const same = new Set(
        next.exercises
          .filter((order) =>
            programme.exercises.some((one) => JSON.stringify({ ...one, held: order.held }) === JSON.stringify(order)),
          )
          .map(({ request }) => request),
      );
      now = reprogrammed(session, next.exercises, same);
      setChanges((before) => before + 1);
      setTold(false);
    }
    if (news) setPresent({ ...news, programme: next });
    const held = new Set(next.exercises.filter((order) => order.held).map(({ request }) => request));
    now = withHeld(now, (request) => held.has(request), holdsOfAll(next).length > 0);
    if (now !== session) change(now);
  }, [news, session, programme, change, onEnded]);

  if (orders.length === 0)
    return (
      <Page title={t('today.title')}>
        <Alert tone="careful">{t('today.none')}</Alert>
      </Page>
    );
  if (!session) return <Loader role="status" aria-label={t('loading')} />;
  if (session.step.kind === 'halted' && session.step.why === 'held')
    return <ExercisesOnHold programme={programme} flags={questionnaires['red-flags']} onAgain={onAgain} />;
  return (
    <>
      {!told && (
        <Alert tone="careful" role="status">
          {t('session.changed')}
        </Alert>
      )}
      <Steps
        key={changes}
        session={session}
        onChange={change}
        holds={holds}
        checked={checked}
        programme={programme}
        orders={orders}
        reprise={reprise}
        questionnaires={questionnaires}
      />
    </>
  );
}

function OfOnePatient({ exercise }: Place) {
  const { t } = useLanguage();
  const { data, error, refetch } = useProgramme();
  const reprise = useProgrammeEngine();
  const [ended, setEnded] = useState(false);
  const [tries, setTries] = useState(0);
  if (ended)
    return (
      <Page title={t('today.title')}>
        <Alert tone="careful" role="alert">
          {t('session.ended')}
        </Alert>
      </Page>
    );
  if (error)
    return (
      <FailureAlert
        failure={error}
        retry={() => {
          void refetch();
        }}
      />
    );
  if (!data || !reprise) return <Loader role="status" aria-label={t('loading')} />;
  const { programme } = data;
  if (!programme)
    return (
      <Page title={t('today.title')}>
        <Alert tone="careful">{t('today.none')}</Alert>
      </Page>
    );
  if (!programme.consents.appUse)
    return (
      <Welcome
        programme={programme}
        reprise={reprise}
        onDone={() => {
          void refetch();
        }}
      />
    );
  if (isClosed(programme)) return <ExercisesOnHold programme={programme} flags={data.questionnaires['red-flags']} />;
  return (
    <ActiveSession
      key={tries}
      loaded={{ ...data, programme }}
      reprise={reprise}
      from={tries === 0 ? exercise : undefined}
      onEnded={() => setEnded(true)}
      onAgain={() => {
        setTries(tries + 1);
        void refetch();
      }}
    />
  );
}

/** Nothing of one patient stays where another signs in. */
export function SessionPage({ exercise }: Place) {
  const {
    account: { id },
  } = useAccount();
  return <OfOnePatient key={id} exercise={exercise} />;
}
