// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { PhoneTest, PhoneTestRequest } from 'reprise-engine';
import { addressOf } from '../../clinical/chart/address.ts';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Badge } from '../../components/badge.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Field, Form, useProblem } from '../../components/form.tsx';
import { Link } from '../../components/link.tsx';
import { Section } from '../../components/section.tsx';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { localTime } from '../../fhir/local_time.ts';
import {
  COURSE_METERS,
  PHONE_TESTS,
  phoneTestRequest,
  planWithRequest,
  usualCourse,
  type WantedTest,
} from '../../fhir/phone_tests.ts';
import { useLanguage } from '../../translations/language.tsx';
import { addToPlan } from './load.ts';
import { phoneTestOrders, type PhoneTestOrder } from './phone_test_orders.ts';
import { ReasonField } from './reason_field.tsx';
import { RequiredChoice } from './required_choice.tsx';
import { useEndRequest } from './use_end_request.ts';

const TONES = {
  due: 'plain',
  later: 'plain',
  overdue: 'bad',
  done: 'good',
  withdrawn: 'plain',
  unreadable: 'careful',
} as const;

type Wanted = Pick<WantedTest, 'test' | 'courseMeters' | 'weekly' | 'helper' | 'reason'>;

/** Without a preset: the clinician decides for each patient (SAFETY.md 5). */
function Risk({ helper, onHelper }: { helper: boolean | undefined; onHelper: (helper: boolean) => void }) {
  const { t } = useLanguage();
  const error = useProblem(helper === undefined ? t('field.missing') : undefined);
  return (
    <Radio.Group
      label={t('orders.phone.risk')}
      description={t('orders.phone.risk.what')}
      value={helper === undefined ? '' : helper ? 'helper' : 'alone'}
      onChange={(value) => onHelper(value === 'helper')}
      error={error}
    >
      <Stack gap="sm" mt="sm">
        <Radio value="helper" label={t('orders.phone.helper')} aria-invalid={error !== undefined || undefined} />
        <Radio value="alone" label={t('orders.phone.alone')} />
      </Stack>
    </Radio.Group>
  );
}

function NewPhoneTest({
  taken,
  onClose,
  onAsk,
}: {
  taken: ReadonlySet<PhoneTest>;
  onClose: () => void;
  onAsk: (wanted: Wanted) => Promise<void>;
}) {
  const { t } = useLanguage();
  const [test, setTest] = useState<PhoneTest | ''>('');
  const [course, setCourse] = useState('');
  const [weekly, setWeekly] = useState(false);
  const [helper, setHelper] = useState<boolean>();
  const [reason, setReason] = useState('');
  const walks = test !== '' && usualCourse(test) !== undefined;
  const meters = Number(course.trim().replace(',', '.'));
  const { least, most } = COURSE_METERS;
  const right = /^\d{1,3}([.,]\d{1,2})?$/.test(course.trim()) && meters >= least && meters <= most;
  const chosen = (one: PhoneTest | '') => {
    setTest(one);
    setCourse(one === '' ? '' : String(usualCourse(one) ?? ''));
  };
  const ask = async () => {
    if (test === '' || helper === undefined) return;
    await onAsk({ test, courseMeters: walks ? meters : undefined, weekly, helper, reason });
  };
  return (
    <Dialog title={t('orders.phone.new')} onClose={onClose}>
      <Form submit={t('orders.ask')} onSubmit={ask}>
        <RequiredChoice
          label={t('orders.phone.which')}
          choices={PHONE_TESTS.map((one) => ({ value: one, label: t(`orders.phone.test.${one}`) }))}
          value={test}
          problem={test !== '' && taken.has(test) ? t('orders.taken') : undefined}
          onValue={chosen}
        />
        {walks && (
          <Field
            label={t('orders.phone.course')}
            inputMode="decimal"
            value={course}
            onValue={setCourse}
            problem={right ? undefined : t('orders.phone.course.problem', { least, most })}
          />
        )}
        <NativeSelect
          label={t('orders.often')}
          value={weekly ? 'weekly' : 'once'}
          onChange={(event) => setWeekly(event.currentTarget.value === 'weekly')}
          data={[
            { value: 'once', label: t('orders.once') },
            { value: 'weekly', label: t('orders.phone.weekly') },
          ]}
        />
        <Risk helper={helper} onHelper={setHelper} />
        <ReasonField
          label={t('field.optional', { label: t('orders.measure.reason') })}
          value={reason}
          onValue={setReason}
        />
      </Form>
    </Dialog>
  );
}

function Row({
  order,
  title,
  patient,
  busy,
  onWithdraw,
}: {
  order: PhoneTestOrder;
  title: string;
  patient: string;
  busy: boolean;
  onWithdraw: () => void;
}) {
  const { t, day, number } = useLanguage();
  const { request, state, weekly, courseMeters, helper, lastDone } = order;
  return (
    <li className="row">
      <div>
        <strong>{title}</strong> <Badge tone={TONES[state]}>{t(`orders.phone.${state}`)}</Badge>
        <p className="small">
          {[
            t(weekly ? 'orders.phone.weekly' : 'orders.once'),
            courseMeters !== undefined && t('orders.phone.course.of', { meters: number(courseMeters) }),
            helper && t('orders.phone.helper'),
            request.authoredOn && t('orders.since', { day: day(request.authoredOn.slice(0, 10)) }),
            lastDone && t('orders.phone.last', { day: day(lastDone) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {request.patientInstruction && <p className="small">{request.patientInstruction}</p>}
        {lastDone && (
          <p>
            <Link href={addressOf({ id: patient, tab: 'overview', range: '3m' })}>{t('orders.phone.values')}</Link>
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

/** Tests that the patient does with the phone's own motion sensors: docs/clinician/app.md. */
export function PhoneTests({
  chart,
  tests,
  plan,
  undo,
}: {
  chart: Chart;
  /** As the engine reads the programme. */
  tests: readonly PhoneTestRequest[];
  plan: string;
  undo: Undo;
}) {
  const { t } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const [asking, setAsking] = useState(false);
  const { patient: resource, requests } = chart.standing;
  const patient = resource.id ?? '';
  const reloadAll = () => reload(queryKeys.chart(patient), queryKeys.orders(patient));
  const orders = phoneTestOrders(requests, tests, localTime(new Date()).slice(0, 10));
  const open = orders.filter(({ state }) => state !== 'done' && state !== 'withdrawn');
  const titleOf = ({ test, name }: PhoneTestOrder) =>
    test ? t(`orders.phone.test.${test}`) : (name ?? t('orders.phone.unknown'));
  const ask = async (wanted: Wanted) => {
    const made = phoneTestRequest({
      ...wanted,
      id: crypto.randomUUID(),
      patient,
      practitioner: person,
      name: t(`orders.phone.test.${wanted.test}`),
      authored: localTime(new Date()),
      tag: resource.meta?.tag,
    });
    await addToPlan(plan, made, (now) => planWithRequest(now, made.id ?? ''));
    setAsking(false);
    await reloadAll();
  };
  const { mutate, isPending, error } = useEndRequest(undo, titleOf, reloadAll);
  return (
    <Section
      title={t('orders.phone.title')}
      action={
        <Button size="xs" onClick={() => setAsking(true)}>
          {t('orders.phone.new')}
        </Button>
      }
    >
      <FailureAlert failure={error} />
      {orders.length === 0 && <p className="none">{t('orders.phone.none')}</p>}
      <ul className="rows">
        {orders.map((order) => (
          <Row
            key={order.request.id}
            order={order}
            title={titleOf(order)}
            patient={patient}
            busy={isPending}
            onWithdraw={() => mutate(order)}
          />
        ))}
      </ul>
      {asking && (
        <NewPhoneTest
          taken={new Set(open.flatMap(({ test }) => test ?? []))}
          onClose={() => setAsking(false)}
          onAsk={ask}
        />
      )}
      <p className="note">{t('orders.phone.lead')}</p>
    </Section>
  );
}
