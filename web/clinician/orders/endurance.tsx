// SPDX-License-Identifier: Apache-2.0
import { Group, NativeSelect, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { EnduranceRequest } from 'reprise-engine';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import {
  ACTIVITIES,
  activityIn,
  enduranceRequest,
  HEART_RATES,
  LIMIT_NAMES,
  LIMITS,
  MOST_MINUTES,
  RESPONSES,
  SCALE_ENDS,
  SCALES,
  type Activity,
  type WantedSession,
} from '../../fhir/endurance.ts';
import { useLanguage } from '../../translations/language.tsx';
import {
  aimsPastLimit,
  doseIn,
  effortIn,
  EMPTY,
  limitIn,
  mayAimAtRate,
  minutesIn,
  rateIn,
  type Draft,
} from './endurance_draft.ts';
import type { OwnOrder } from './own_orders.ts';
import { NO_TERMS, OwnOrders, TermsFields, type Common } from './own_orders_section.tsx';
import { RequiredChoice } from './required_choice.tsx';

/** Once, daily, every other day, weekly. */
const OFTEN = [0, 1, 2, 7];

type Wanted = Omit<WantedSession, keyof Common | 'name'>;
type Change = (change: Partial<Draft>) => void;

function Minutes({ draft, onDraft }: { draft: Draft; onDraft: Change }) {
  const { t } = useLanguage();
  const field = (name: 'warmUp' | 'main' | 'coolDown', least: number) => (
    <Field
      label={t(`orders.endurance.${name}`)}
      inputMode="numeric"
      value={draft[name]}
      onValue={(value) => onDraft({ [name]: value })}
      problem={
        minutesIn(draft[name], least) === undefined
          ? t('orders.endurance.minutes.problem', { least, most: MOST_MINUTES })
          : undefined
      }
    />
  );
  return (
    <Group grow align="flex-start">
      {field('warmUp', 0)}
      {field('main', 1)}
      {field('coolDown', 0)}
    </Group>
  );
}

function Effort({ draft, onDraft }: { draft: Draft; onDraft: Change }) {
  const { t } = useLanguage();
  const { from, to } = SCALE_ENDS[draft.scale];
  const problem = effortIn(draft) ? undefined : t('orders.endurance.range', { least: from, most: to });
  return (
    <>
      <NativeSelect
        label={t('orders.endurance.scale')}
        value={draft.scale}
        data={SCALES.map((one) => ({ value: one, label: t(`orders.endurance.scale.${one}`) }))}
        onChange={(event) => onDraft({ scale: SCALES.find((one) => one === event.currentTarget.value) ?? draft.scale })}
      />
      <Group grow align="flex-start">
        <Field
          label={t('orders.endurance.effort.low')}
          inputMode="decimal"
          value={draft.effortLow}
          onValue={(effortLow) => onDraft({ effortLow })}
          problem={problem}
        />
        <Field
          label={t('orders.endurance.effort.high')}
          inputMode="decimal"
          value={draft.effortHigh}
          onValue={(effortHigh) => onDraft({ effortHigh })}
          problem={problem}
        />
      </Group>
    </>
  );
}

/** A heart rate to aim at is offered only where the clinician has said that it shows the effort (SAFETY.md 9). */
function HeartRate({ draft, onDraft }: { draft: Draft; onDraft: Change }) {
  const { t } = useLanguage();
  const { least, most } = HEART_RATES;
  const problem =
    rateIn(draft) === undefined
      ? t('orders.endurance.range', { least, most })
      : aimsPastLimit(draft)
        ? t('orders.endurance.stopBelow')
        : undefined;
  return (
    <>
      <RequiredChoice
        label={t('orders.endurance.response')}
        choices={RESPONSES.map((one) => ({ value: one, label: t(`orders.endurance.response.${one}`) }))}
        value={draft.response}
        onValue={(response) => onDraft({ response })}
      />
      {mayAimAtRate(draft) && (
        <Group grow align="flex-start">
          <Field
            label={t('orders.endurance.heartRate.low')}
            description={t('orders.endurance.heartRate.what')}
            optional
            inputMode="numeric"
            value={draft.rateLow}
            onValue={(rateLow) => onDraft({ rateLow })}
            problem={problem}
          />
          <Field
            label={t('orders.endurance.heartRate.high')}
            description={t('orders.endurance.heartRate.what')}
            optional
            inputMode="numeric"
            value={draft.rateHigh}
            onValue={(rateHigh) => onDraft({ rateHigh })}
            problem={problem}
          />
        </Group>
      )}
    </>
  );
}

function Limits({ draft, onDraft }: { draft: Draft; onDraft: Change }) {
  const { t } = useLanguage();
  return (
    <Stack gap="sm">
      <Title order={3}>{t('orders.endurance.limits')}</Title>
      <p className="small">{t('orders.endurance.limits.what')}</p>
      {LIMIT_NAMES.map((name) => {
        const { least, most } = LIMITS[name];
        return (
          <Field
            key={name}
            label={t(`orders.endurance.limit.${name}`)}
            optional
            inputMode="numeric"
            value={draft.limits[name]}
            onValue={(value) => onDraft({ limits: { ...draft.limits, [name]: value } })}
            problem={
              limitIn(draft, name) === undefined ? t('orders.endurance.limit.problem', { least, most }) : undefined
            }
          />
        );
      })}
    </Stack>
  );
}

function NewSession({
  taken,
  onClose,
  onAsk,
}: {
  taken: ReadonlySet<Activity>;
  onClose: () => void;
  onAsk: (wanted: Wanted) => Promise<void>;
}) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(EMPTY);
  const [terms, setTerms] = useState(NO_TERMS);
  const onDraft: Change = (change) => setDraft((before) => ({ ...before, ...change }));
  const ask = async () => {
    const dose = doseIn(draft);
    const { helper } = terms;
    if (dose && helper !== undefined) await onAsk({ ...dose, ...terms, helper });
  };
  const { activity } = draft;
  return (
    <Dialog title={t('orders.endurance.new')} onClose={onClose}>
      <Form submit={t('orders.ask')} onSubmit={ask}>
        <RequiredChoice
          label={t('orders.endurance.activity')}
          choices={ACTIVITIES.map((one) => ({ value: one, label: t(`endurance.activity.${one}`) }))}
          value={activity}
          problem={activity !== '' && taken.has(activity) ? t('orders.taken') : undefined}
          onValue={(value) => onDraft({ activity: value })}
        />
        <Minutes draft={draft} onDraft={onDraft} />
        <Effort draft={draft} onDraft={onDraft} />
        <HeartRate draft={draft} onDraft={onDraft} />
        <Limits draft={draft} onDraft={onDraft} />
        <TermsFields
          often={OFTEN}
          terms={terms}
          onTerms={(change) => setTerms((before) => ({ ...before, ...change }))}
        />
      </Form>
    </Dialog>
  );
}

/** Walking or cycling that the patient does by effort. */
export function EnduranceSessions({
  chart,
  sessions,
  plan,
  undo,
}: {
  chart: Chart;
  /** As the engine reads the programme. */
  sessions: readonly EnduranceRequest[];
  plan: string;
  undo: Undo;
}) {
  const { t, number } = useLanguage();
  const titleOf = ({ request, name }: OwnOrder) => {
    const activity = activityIn(request);
    return activity ? t(`endurance.activity.${activity}`) : (name ?? t('orders.endurance.unknown'));
  };
  const detailsOf = ({ request }: OwnOrder) => {
    const one = sessions.find((read) => read.request === request.id);
    if (!one?.scale) return [];
    return [
      t('orders.endurance.minutes', {
        warmUp: number(one.warmUp_min),
        main: number(one.main_min),
        coolDown: number(one.coolDown_min),
      }),
      t('orders.endurance.effort', {
        low: number(one.effort.low),
        high: number(one.effort.high),
        most: SCALE_ENDS[one.scale].to,
      }),
      ...(one.heartRate ? [`${number(one.heartRate.low)}–${number(one.heartRate.high)}/min`] : []),
      ...(one.response && one.response !== 'normal' ? [t(`orders.endurance.response.${one.response}`)] : []),
      ...LIMIT_NAMES.flatMap((name) => {
        const limit = one.limits[name];
        return limit === null ? [] : [`${t(`orders.endurance.limit.${name}`)}: ${number(limit)}`];
      }),
    ];
  };
  return (
    <OwnOrders<Wanted>
      kind="endurance-session"
      chart={chart}
      reads={sessions}
      plan={plan}
      undo={undo}
      texts={{
        title: t('orders.endurance.title'),
        new: t('orders.endurance.new'),
        none: t('orders.endurance.none'),
        lead: t('orders.endurance.lead'),
      }}
      titleOf={titleOf}
      detailsOf={detailsOf}
      make={(wanted, common) =>
        enduranceRequest({ ...wanted, ...common, name: t(`endurance.activity.${wanted.activity}`) })
      }
      form={(open, onClose, onAsk) => (
        <NewSession
          taken={new Set(open.flatMap(({ request }) => activityIn(request) ?? []))}
          onClose={onClose}
          onAsk={onAsk}
        />
      )}
    />
  );
}
