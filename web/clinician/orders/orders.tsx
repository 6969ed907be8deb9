// SPDX-License-Identifier: Apache-2.0
import './orders.css';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { NewQuestionnaireRequest } from 'reprise-engine';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { said } from '../../fhir/questionnaire/model.ts';
import { Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { reload } from '../../data/query_client.ts';
import { UndoNotice, useUndo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { AnswerDialog } from './answer.tsx';
import { changePlan, loadOrders } from './load.ts';
import { BalanceProgrammes } from './balance.tsx';
import { EnduranceSessions } from './endurance.tsx';
import { Measured } from './measured.tsx';
import { NewAskDialog } from './new_ask.tsx';
import { PhoneTests } from './phone_tests.tsx';
import { SelfReleases } from './self_releases.tsx';
import { askedOrders, offered, type AskedOrder } from './orders.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

const TONES = {
  due: 'plain',
  later: 'plain',
  overdue: 'bad',
  done: 'good',
  withdrawn: 'plain',
  unreadable: 'careful',
} as const;
const SHOWN = 5;

function Row({
  order,
  title,
  busy,
  onWithdraw,
  onAnswer,
}: {
  order: AskedOrder;
  title: string;
  busy: boolean;
  onWithdraw: () => void;
  onAnswer: (id: string) => void;
}) {
  const { t, counted, day, moment } = useLanguage();
  const { state, everyDays, by, due, reason, since, answers } = order;
  const open = state !== 'done' && state !== 'withdrawn';
  return (
    <li className="row">
      <div>
        <strong>{title}</strong> <Badge tone={TONES[state]}>{t(`orders.state.${state}`)}</Badge>
        <p className="small">
          {[
            open && (everyDays > 0 ? counted('orders.every', everyDays) : t('orders.once')),
            since && t('orders.since', { day: day(since.slice(0, 10)) }),
            open && due && t('orders.due', { day: day(due) }),
            by && t('orders.until', { day: day(by) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {reason && <p className="small">{reason}</p>}
        {answers.length > 0 && (
          <p className="order-links">
            {answers.slice(0, SHOWN).map(({ id, authored }) => (
              <Button key={id} size="compact-sm" variant="default" onClick={() => onAnswer(id ?? '')}>
                {t('orders.answer', { when: authored ? moment(authored) : '' })}
              </Button>
            ))}
            {answers.length > SHOWN && <span className="small"> {counted('orders.more', answers.length - SHOWN)}</span>}
          </p>
        )}
      </div>
      {open && (
        <Button
          size="xs"
          variant="default"
          disabled={busy}
          onClick={onWithdraw}
          aria-label={t('orders.withdraw.of', { title })}
        >
          {t('orders.withdraw')}
        </Button>
      )}
    </li>
  );
}

/** What the patient is asked for besides exercising: docs/clinician/app.md. */
export function Orders({ chart, words, refuse }: { chart: Chart; words: Words; refuse: (error: Error) => void }) {
  const { t, language } = useLanguage();
  const { standing } = chart;
  const patient = standing.patient.id ?? '';
  const query = useQuery({
    queryKey: queryKeys.orders(patient, chart.now),
    queryFn: () => loadOrders(patient, standing),
    placeholderData: keepPreviousData,
  });
  const { data, error } = query;
  const { undo, ...undone } = useUndo(queryKeys.chart(patient), queryKeys.orders(patient));
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<{ id: string; title: string }>();
  useEffect(() => {
    if (error) refuse(error);
  }, [error, refuse]);

  const titleOf = ({ questionnaire }: AskedOrder) =>
    (questionnaire && said(questionnaire.title, questionnaire._title, language)) || t('questions.untitled');
  const setStatus = (plan: string, { key }: AskedOrder, status: 'cancelled' | 'scheduled') =>
    changePlan(plan, (now, reprise) => reprise.withQuestionnaireStatus(now, key, status));
  const withdrawal = useMutation({
    mutationFn: ({ plan, order }: { plan: string; order: AskedOrder }) => setStatus(plan, order, 'cancelled'),
    onSuccess: async (_, { plan, order }) => {
      undo.offer(t('orders.withdrawn', { title: titleOf(order) }), () => setStatus(plan, order, 'scheduled'));
      await reload(queryKeys.orders(patient));
    },
  });
  const ask = async (plan: string, wanted: NewQuestionnaireRequest) => {
    await changePlan(plan, (now, reprise) => reprise.withQuestionnaire(now, wanted));
    setAsking(false);
    await reload(queryKeys.orders(patient));
  };
  return (
    <>
      <UndoNotice {...undone} />
      <Section
        title={t('orders.title')}
        action={
          data?.plan && (
            <Button size="xs" onClick={() => setAsking(true)}>
              {t('orders.new')}
            </Button>
          )
        }
      >
        <FailureAlert failure={withdrawal.error} />
        <QueryBoundary query={query} keepsData>
          {({ plan: id, requests, questionnaires, responses }) => {
            if (!id) return <p className="none">{t('orders.noPlan')}</p>;
            const orders = askedOrders(requests, questionnaires, responses);
            const open = orders.filter(({ state }) => state !== 'done' && state !== 'withdrawn');
            return (
              <>
                {orders.length === 0 && <p className="none">{t('orders.none')}</p>}
                <ul className="rows">
                  {orders.map((order) => (
                    <Row
                      key={order.key}
                      order={order}
                      title={titleOf(order)}
                      busy={withdrawal.isPending}
                      onWithdraw={() => withdrawal.mutate({ plan: id, order })}
                      onAnswer={(one) => setAnswer({ id: one, title: titleOf(order) })}
                    />
                  ))}
                </ul>
                {asking && (
                  <NewAskDialog
                    offered={offered(questionnaires)}
                    taken={new Set(open.map(({ canonical }) => canonical.replace(/\|.*$/, '')))}
                    onClose={() => setAsking(false)}
                    onAsk={(wanted) => ask(id, wanted)}
                  />
                )}
              </>
            );
          }}
        </QueryBoundary>
        <p className="note">{t('orders.lead')}</p>
      </Section>
      {data?.plan && <Measured chart={chart} words={words} plan={data.plan} undo={undo} />}
      {data?.plan && <EnduranceSessions chart={chart} sessions={data.endurance} plan={data.plan} undo={undo} />}
      {data?.plan && <BalanceProgrammes chart={chart} ladders={data.balance} plan={data.plan} undo={undo} />}
      {data?.plan && <PhoneTests chart={chart} tests={data.tests} plan={data.plan} undo={undo} />}
      <SelfReleases chart={chart} undo={undo} />
      {answer && <AnswerDialog {...answer} onClose={() => setAnswer(undefined)} />}
    </>
  );
}
