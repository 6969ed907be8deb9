// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Form } from '../../components/form.tsx';
import { Badge } from '../../components/badge.tsx';
import { Link } from '../../components/link.tsx';
import { Section } from '../../components/section.tsx';
import { isAssessment } from '../../fhir/assessments.ts';
import { localTime } from '../../fhir/local_time.ts';
import { dayAfter } from '../../fhir/wall_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { addressOf } from '../../clinical/chart/address.ts';
import { sideIn } from '../../clinical/chart/records.ts';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { DayField } from './day_field.tsx';
import { addToPlan } from './load.ts';
import { measurementOf, measurementsOf, withRequest, type Measurement } from './measurements.ts';
import { ReasonField } from './reason_field.tsx';
import { RequiredChoice } from './required_choice.tsx';
import { useEndRequest } from './use_end_request.ts';

const TONES = { due: 'plain', overdue: 'bad', done: 'good', withdrawn: 'plain' } as const;

function NewMeasurement({
  choices,
  onClose,
  onAsk,
}: {
  choices: readonly { value: string; label: string }[];
  onClose: () => void;
  onAsk: (source: string, by: string | undefined, reason: string) => Promise<void>;
}) {
  const { t } = useLanguage();
  const today = localTime(new Date()).slice(0, 10);
  const [source, setSource] = useState('');
  const [by, setBy] = useState(dayAfter(today, 7));
  const [reason, setReason] = useState(t('orders.measure.words'));
  return (
    <Dialog title={t('orders.measure.new')} onClose={onClose}>
      <Form submit={t('orders.ask')} onSubmit={() => onAsk(source, by || undefined, reason)}>
        <RequiredChoice
          label={t('orders.measure.which')}
          description={t('orders.measure.what')}
          choices={choices}
          value={source}
          onValue={setSource}
        />
        <DayField label={t('orders.measure.by')} value={by} onValue={setBy} least={today} />
        <ReasonField label={t('orders.measure.reason')} value={reason} onValue={setReason} />
      </Form>
    </Dialog>
  );
}

interface Props {
  chart: Chart;
  words: Words;
  plan: string;
  undo: Undo;
}

/** A movement of the programme that is to be measured once more by a day. */
export function Measured({ chart, words, plan, undo }: Props) {
  const { t, day } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const [asking, setAsking] = useState(false);
  const { standing, series, prescription } = chart;
  const requests = standing.requests;
  const patient = standing.patient.id ?? '';
  const reloadAll = () => reload(queryKeys.chart(patient), queryKeys.orders(patient));
  const called = ({ exercise, name, side }: Pick<Measurement, 'exercise' | 'name' | 'side'>) =>
    [words.exercise(exercise, name), words.side(side)].filter(Boolean).join(', ');
  const choices = (prescription?.exercises ?? []).flatMap(({ order }) => {
    const source = requests.find(({ id }) => id === order.request);
    return source && !isAssessment(source) && order.camera
      ? [
          {
            value: order.request,
            label: called({ exercise: order.id, name: source.code?.text, side: sideIn(source.bodySite) }),
          },
        ]
      : [];
  });
  const ask = async (source: string, by: string | undefined, reason: string) => {
    const from = requests.find(({ id }) => id === source);
    if (!from) return;
    const made = measurementOf(from, {
      id: crypto.randomUUID(),
      practitioner: person,
      by,
      reason,
      authored: localTime(new Date()),
    });
    await addToPlan(plan, made, (now) => withRequest(now, made.id as string));
    setAsking(false);
    await reloadAll();
  };
  const { mutate, isPending, error } = useEndRequest<Measurement>(undo, called, reloadAll);
  const row = (one: Measurement) => {
    const { request, state, by, done, value } = one;
    const to = done && {
      id: patient,
      tab: 'sessions' as const,
      range: '3m' as const,
      day: done.day,
      set: done.id,
    };
    return (
      <li key={request.id} className="row">
        <div>
          <strong>{called(one)}</strong> <Badge tone={TONES[state]}>{t(`orders.measure.${state}`)}</Badge>
          <p className="small">{by && t('orders.until', { day: day(by) })}</p>
          {to && done && (
            <p>
              <Link href={addressOf(to)}>{t('orders.measure.set', { day: day(done.day) })}</Link>
              {value && (
                <>
                  : {words.measure(value.series.measure)}{' '}
                  {value.point.trouble
                    ? t('orders.measure.odd')
                    : words.value(value.point.value, value.series.unit, value.series.measure, value.point.uncertainty)}
                </>
              )}
            </p>
          )}
        </div>
        {request.status === 'active' && (
          <Button
            size="xs"
            variant="default"
            disabled={isPending}
            onClick={() => mutate(one)}
            aria-label={t(done ? 'orders.measure.end.of' : 'orders.withdraw.of', { title: called(one) })}
          >
            {t(done ? 'orders.measure.end' : 'orders.withdraw')}
          </Button>
        )}
      </li>
    );
  };
  const all = measurementsOf(requests, series.sets, series.ranges, localTime(new Date()).slice(0, 10));
  return (
    <Section
      title={t('orders.measure.title')}
      action={
        choices.length > 0 && (
          <Button size="xs" onClick={() => setAsking(true)}>
            {t('orders.measure.new')}
          </Button>
        )
      }
    >
      <FailureAlert failure={error} />
      {all.length === 0 && <p className="none">{t('orders.measure.none')}</p>}
      <ul className="rows">{all.map(row)}</ul>
      <p className="note">{t('orders.measure.lead')}</p>
      {asking && <NewMeasurement choices={choices} onClose={() => setAsking(false)} onAsk={ask} />}
    </Section>
  );
}
