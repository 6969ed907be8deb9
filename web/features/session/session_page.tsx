// A session of exercises from the first question to the summary.
import { Loader } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Programme, Reprise } from 'reprise-engine';
import { FailureAlert } from '../../parts/failure_alert.tsx';
import { Notice } from '../../parts/mark.tsx';
import { Page } from '../../parts/section.tsx';
import { useProgramme } from '../../parts/use_programme.ts';
import { shelf } from '../../record/kept.ts';
import type { Questionnaires } from '../../record/programme.ts';
import { useEngine } from '../../source/engine.ts';
import { useLanguage } from '../../source/language.tsx';
import { useAccount } from '../../source/session.ts';
import { Welcome } from '../consent/welcome.tsx';
import { begun, isOver, resumed, type Session } from './flow.ts';
import { prescribedFrom, type Prescribed } from '../../parts/prescribed.ts';
import { flagsAreDue, keepLast, morningIsDue } from './remembered.ts';
import { Steps } from './steps.tsx';

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

function Going({ programme, reprise, questionnaires }: { programme: Programme; reprise: Reprise; questionnaires: Questionnaires }) {
  const { t } = useLanguage();
  const { account: { id } } = useAccount();
  const orders = useMemo(() => programme.exercises.map((order) => prescribedFrom(reprise, order)), [programme, reprise]);
  useEffect(() => () => { for (const { exercise } of orders) exercise.release(); }, [orders]);
  const [session, setSession] = useState<Session>();
  const from = useRef(Math.max(0, Number(new URLSearchParams(window.location.search).get('exercise') ?? 0) || 0));
  useEffect(() => {
    void opened(id, orders, Math.min(from.current, orders.length - 1)).then(setSession);
  }, [id, orders]);

  const change = useCallback((next: Session) => {
    setSession(next);
    void (async () => {
      const kept = await shelf();
      try {
        if (isOver(next)) {
          await kept.removeValue(sessionKey(id));
          await keepLast(id, next);
        } else {
          await kept.putValue(sessionKey(id), next);
        }
      } catch { /* no room: a reload begins anew; finished sets are in the outbox */ }
    })();
  }, [id]);

  if (orders.length === 0) return <Page title={t('today.title')}><Notice tone="careful">{t('today.none')}</Notice></Page>;
  if (!session) return <Loader role="status" aria-label={t('loading')} />;
  return <Steps session={session} onChange={change} programme={programme} orders={orders} reprise={reprise} questionnaires={questionnaires} />;
}

export function SessionPage() {
  const { t } = useLanguage();
  const { value, failure, reload } = useProgramme();
  const reprise = useEngine();
  if (failure) return <FailureAlert failure={failure} retry={() => { void reload(); }} />;
  if (!value || !reprise) return <Loader role="status" aria-label={t('loading')} />;
  if (!value.programme) return <Page title={t('today.title')}><Notice tone="careful">{t('today.none')}</Notice></Page>;
  if (!value.programme.consents.appUse) return <Welcome programme={value.programme} reprise={reprise} onDone={() => { void reload(); }} />;
  return <Going programme={value.programme} reprise={reprise} questionnaires={value.questionnaires} />;
}
