// A session of exercises from the first question to the summary.
import { Loader } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Programme, Reprise } from 'reprise-engine';
import { FailureAlert } from '../../parts/failure_alert.tsx';
import { Notice } from '../../parts/mark.tsx';
import { Page } from '../../parts/section.tsx';
import { useProgramme } from '../../parts/use_programme.ts';
import { shelf } from '../../record/kept.ts';
import { loadProgramme, type Loaded } from '../../record/programme.ts';
import { useEngine } from '../../source/engine.ts';
import { useLanguage } from '../../source/language.tsx';
import { holdScreen, useAccount } from '../../source/session.ts';
import { Welcome } from '../consent/welcome.tsx';
import { begun, isOver, reprogrammed, resumed, type Session } from './flow.ts';
import { prescribedFrom, type Prescribed } from '../../parts/prescribed.ts';
import { flagsAreDue, keepLast, morningIsDue } from './remembered.ts';
import { Steps } from './steps.tsx';

/** A set waits so long for the record's word on it; what comes later holds from the next set on. Unsourced default. */
const NEWS_PATIENCE_MS = 2500;

const sessionKey = (account: string) => `session ${account}`;

/** What is under way on this device, or a new one. */
async function opened(account: string, orders: readonly Prescribed[], from: number): Promise<Session> {
  const before = await (await shelf()).value<Session>(sessionKey(account));
  const same = before && !isOver(before) && before.exercises.length === orders.length &&
    before.exercises.every(({ request }, i) => request === orders[i]?.order.request);
  if (same && Date.now() - new Date(before.startedAt).getTime() < 12 * 3600_000) return resumed(before);
  const [flagsDue, morningDue] = await Promise.all([flagsAreDue(account), morningIsDue(account)]);
  return begun(orders.map(({ order }) => order), { id: crypto.randomUUID(), at: new Date(), flagsDue, morningDue, from });
}

type Present = Loaded & { programme: Programme };

const ordersOf = (exercises: Programme['exercises'], reprise: Reprise) => exercises.map((order) => prescribedFrom(reprise, order));

/** What of a programme an exercise depends on. */
const followed = (programme: Programme | undefined) => programme && JSON.stringify({ ...programme, consents: null, questionnaires: null });

/** Asks for the programme; says whether it is the one that is followed, as far as is known soon. `onNews` hears of another one, also later;
 * `onConsents` of what the patient agrees to now, perhaps by another device. */
function useNews({ programme }: Present, onNews: (loaded: Loaded) => void, onConsents: (consents: Programme['consents']) => void) {
  const { account: { id, person } } = useAccount();
  return useCallback(() => {
    const asked = loadProgramme(id, person ?? '').then((loaded) => {
      const holds = loaded.failure !== undefined || followed(loaded.programme) === followed(programme);
      if (!holds) onNews(loaded);
      else if (loaded.programme && JSON.stringify(loaded.programme.consents) !== JSON.stringify(programme.consents)) onConsents(loaded.programme.consents);
      return holds;
    }, () => true);
    return Promise.race([asked, new Promise<true>((resolve) => { setTimeout(resolve, NEWS_PATIENCE_MS, true); })]);
  }, [programme, id, person, onNews, onConsents]);
}

function Going({ loaded, reprise, onEnded }: { loaded: Present; reprise: Reprise; onEnded: () => void }) {
  const { t } = useLanguage();
  const { account: { id } } = useAccount();
  const [present, setPresent] = useState(loaded);
  const [news, setNews] = useState<Loaded>();
  const [changes, setChanges] = useState(0);
  const [told, setTold] = useState(true);
  const { programme, questionnaires } = present;
  useEffect(holdScreen, []);
  const { exercises } = programme;
  const orders = useMemo(() => ordersOf(exercises, reprise), [exercises, reprise]);
  useEffect(() => () => { for (const { exercise } of orders) exercise.release(); }, [orders]);
  const [session, setSession] = useState<Session>();
  const first = useRef(orders);
  useEffect(() => {
    const from = Math.max(0, Number(new URLSearchParams(window.location.search).get('exercise') ?? 0) || 0);
    void opened(id, first.current, Math.min(from, first.current.length - 1)).then(setSession);
  }, [id]);
  const agreed = useCallback((consents: Programme['consents']) => setPresent((now) => ({ ...now, programme: { ...now.programme, consents } })), []);
  const holds = useNews(present, setNews, agreed);

  const change = useCallback((next: Session) => {
    setSession(next);
    if (next.step.kind === 'set') setTold(true);
    void (async () => {
      const kept = await shelf();
      if (isOver(next)) {
        await kept.removeValue(sessionKey(id));
        await keepLast(id, next);
      } else {
        await kept.putValue(sessionKey(id), next);
      }
    })();
  }, [id]);

  // Never in the midst of a set: what was counted belongs to what was prescribed then.
  useEffect(() => {
    if (!news || !session || (session.step.kind !== 'introduce' && session.step.kind !== 'rest')) return;
    setNews(undefined);
    const { programme: next } = news;
    if (!next) {
      onEnded();
      return;
    }
    const same = new Set(next.exercises.filter((order) => programme.exercises.some((one) => JSON.stringify(one) === JSON.stringify(order))).map(({ request }) => request));
    setPresent({ ...news, programme: next });
    setChanges((before) => before + 1);
    setTold(false);
    change(reprogrammed(session, next.exercises, same));
  }, [news, session, programme, change, onEnded]);

  if (orders.length === 0) return <Page title={t('today.title')}><Notice tone="careful">{t('today.none')}</Notice></Page>;
  if (!session) return <Loader role="status" aria-label={t('loading')} />;
  return (
    <>
      {!told && <Notice tone="careful" role="status">{t('session.changed')}</Notice>}
      <Steps key={changes} session={session} onChange={change} holds={holds} programme={programme} orders={orders} reprise={reprise} questionnaires={questionnaires} />
    </>
  );
}

function OfOnePatient() {
  const { t } = useLanguage();
  const { value, failure, reload } = useProgramme();
  const reprise = useEngine();
  const [ended, setEnded] = useState(false);
  if (ended) return <Page title={t('today.title')}><Notice tone="careful" role="alert">{t('session.ended')}</Notice></Page>;
  if (failure) return <FailureAlert failure={failure} retry={() => { void reload(); }} />;
  if (!value || !reprise) return <Loader role="status" aria-label={t('loading')} />;
  const { programme } = value;
  if (!programme) return <Page title={t('today.title')}><Notice tone="careful">{t('today.none')}</Notice></Page>;
  if (!programme.consents.appUse) return <Welcome programme={programme} reprise={reprise} onDone={() => { void reload(); }} />;
  return <Going loaded={{ ...value, programme }} reprise={reprise} onEnded={() => setEnded(true)} />;
}

/** Nothing of one patient stays where another signs in. */
export function SessionPage() {
  const { account: { id } } = useAccount();
  return <OfOnePatient key={id} />;
}
