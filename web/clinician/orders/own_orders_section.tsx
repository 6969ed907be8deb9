// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { RequestTerms } from 'reprise-engine';
import { addressOf } from '../../clinical/chart/address.ts';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Badge } from '../../components/badge.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useProblem } from '../../components/form.tsx';
import { Link } from '../../components/link.tsx';
import { Section } from '../../components/section.tsx';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { localTime } from '../../fhir/local_time.ts';
import { planWithRequest, type OwnKind, type WantedRequest } from '../../fhir/own_requests.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { ServiceRequest } from 'fhir/r4';
import { addToPlan } from './load.ts';
import { isClosed, ownOrders, type OwnOrder } from './own_orders.ts';
import { ReasonField } from './reason_field.tsx';
import { useEndRequest } from './use_end_request.ts';

const TONES = {
  due: 'plain',
  later: 'plain',
  overdue: 'bad',
  done: 'good',
  withdrawn: 'plain',
  unreadable: 'careful',
} as const;

/** Without a preset: the clinician decides for each patient (SAFETY.md 5). */
function FallRisk({ helper, onHelper }: { helper: boolean | undefined; onHelper: (helper: boolean) => void }) {
  const { t } = useLanguage();
  const error = useProblem(helper === undefined ? t('field.missing') : undefined);
  return (
    <Radio.Group
      label={t('orders.own.risk')}
      description={t('orders.own.risk.what')}
      value={helper === undefined ? '' : helper ? 'helper' : 'alone'}
      onChange={(value) => onHelper(value === 'helper')}
      error={error}
    >
      <Stack gap="sm" mt="sm">
        <Radio value="helper" label={t('orders.own.helper')} aria-invalid={error !== undefined || undefined} />
        <Radio value="alone" label={t('orders.own.alone')} />
      </Stack>
    </Radio.Group>
  );
}

export type Terms = Pick<WantedRequest, 'everyDays' | 'reason'> & { helper: boolean | undefined };
export const NO_TERMS: Terms = { everyDays: 0, reason: '', helper: undefined };

/** The fields that each form ends with. `often`: days from one to the next, 0 for once. */
export function TermsFields({
  often,
  terms: { everyDays, helper, reason },
  onTerms,
}: {
  often: readonly number[];
  terms: Terms;
  onTerms: (change: Partial<Terms>) => void;
}) {
  const { t } = useLanguage();
  const words = useOften();
  return (
    <>
      <NativeSelect
        label={t('orders.often')}
        value={String(everyDays)}
        onChange={(event) => onTerms({ everyDays: Number(event.currentTarget.value) })}
        data={often.map((days) => ({ value: String(days), label: words(days) }))}
      />
      <FallRisk helper={helper} onHelper={(value) => onTerms({ helper: value })} />
      <ReasonField
        label={t('field.optional', { label: t('orders.measure.reason') })}
        value={reason}
        onValue={(value) => onTerms({ reason: value })}
      />
    </>
  );
}

/** "weekly", "every 2 days" */
function useOften() {
  const { t, counted } = useLanguage();
  return (days: number) =>
    days === 0 ? t('orders.once') : days === 7 ? t('orders.phone.weekly') : counted('orders.own.everyDays', days);
}

function Row({
  order,
  title,
  details,
  patient,
  busy,
  below,
  onWithdraw,
}: {
  order: OwnOrder;
  title: string;
  details: readonly string[];
  patient: string;
  busy: boolean;
  below: ReactNode;
  onWithdraw: () => void;
}) {
  const { t, day } = useLanguage();
  const often = useOften();
  const { request, state, everyDays, helper, lastDone } = order;
  return (
    <li className="row">
      <div>
        <strong>{title}</strong> <Badge tone={TONES[state]}>{t(`orders.own.${state}`)}</Badge>
        <p className="small">
          {[
            often(everyDays),
            ...details,
            helper && t('orders.own.helper'),
            request.authoredOn && t('orders.since', { day: day(request.authoredOn.slice(0, 10)) }),
            lastDone && t('orders.own.last', { day: day(lastDone) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {request.patientInstruction && <p className="small">{request.patientInstruction}</p>}
        {below}
        {lastDone && (
          <p>
            <Link href={addressOf({ id: patient, tab: 'overview', range: '3m' })}>{t('orders.own.values')}</Link>
          </p>
        )}
      </div>
      {request.status === 'active' && (
        <Button
          size="xs"
          variant="default"
          disabled={busy}
          onClick={onWithdraw}
          aria-label={t(state === 'done' ? 'orders.measure.end.of' : 'orders.withdraw.of', { title })}
        >
          {t(state === 'done' ? 'orders.measure.end' : 'orders.withdraw')}
        </Button>
      )}
    </li>
  );
}

/** What each request has of the chart it is made in. */
export type Common = Pick<WantedRequest, 'id' | 'patient' | 'practitioner' | 'authored' | 'tag'>;

interface Props<Wanted> {
  kind: OwnKind;
  chart: Chart;
  /** As the engine reads the programme. */
  reads: readonly RequestTerms[];
  plan: string;
  undo: Undo;
  texts: { title: string; new: string; none: string; lead: string };
  titleOf: (order: OwnOrder) => string;
  detailsOf: (order: OwnOrder) => readonly string[];
  make: (wanted: Wanted, common: Common) => ServiceRequest;
  /** More of an order that is open. */
  below?: (order: OwnOrder) => ReactNode;
  /** The form for a new one. `open`: those that are requested already. */
  form: (open: readonly OwnOrder[], onClose: () => void, onAsk: (wanted: Wanted) => Promise<void>) => ReactNode;
}

/** The requests of one kind, and a new one: docs/clinician/app.md. */
export function OwnOrders<Wanted>({
  kind,
  chart,
  reads,
  plan,
  undo,
  texts,
  titleOf,
  detailsOf,
  make,
  below,
  form,
}: Props<Wanted>) {
  const {
    account: { person = '' },
  } = useAccount();
  const [asking, setAsking] = useState(false);
  const { patient: resource, requests } = chart.standing;
  const patient = resource.id ?? '';
  const reloadAll = () => reload(queryKeys.chart(patient), queryKeys.orders(patient));
  const orders = ownOrders(requests, kind, reads, localTime(new Date()).slice(0, 10));
  const ask = async (wanted: Wanted) => {
    const id = crypto.randomUUID();
    const authored = localTime(new Date());
    const made = make(wanted, { id, patient, practitioner: person, authored, tag: resource.meta?.tag });
    await addToPlan(plan, made, (now) => planWithRequest(now, id));
    setAsking(false);
    await reloadAll();
  };
  const { mutate, isPending, error } = useEndRequest(undo, titleOf, reloadAll);
  return (
    <Section
      title={texts.title}
      action={
        <Button size="xs" onClick={() => setAsking(true)}>
          {texts.new}
        </Button>
      }
    >
      <FailureAlert failure={error} />
      {orders.length === 0 && <p className="none">{texts.none}</p>}
      <ul className="rows">
        {orders.map((order) => (
          <Row
            key={order.request.id}
            order={order}
            title={titleOf(order)}
            details={detailsOf(order)}
            patient={patient}
            busy={isPending}
            below={isClosed(order) ? undefined : below?.(order)}
            onWithdraw={() => mutate(order)}
          />
        ))}
      </ul>
      {asking &&
        form(
          orders.filter((order) => !isClosed(order)),
          () => setAsking(false),
          ask,
        )}
      <p className="note">{texts.lead}</p>
    </Section>
  );
}
