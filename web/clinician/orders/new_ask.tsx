// SPDX-License-Identifier: Apache-2.0
import type { Questionnaire } from 'fhir/r4';
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { NewQuestionnaireRequest } from 'reprise-engine';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import { said } from '../../fhir/questionnaire/model.ts';
import { localTime } from '../../fhir/local_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { DayField } from './day_field.tsx';
import { dayAfter } from '../../fhir/wall_time.ts';
import { ReasonField } from './reason_field.tsx';
import { RequiredChoice } from './required_choice.tsx';

const UNITS = { once: 0, d: 1, wk: 7 } as const;
type Unit = keyof typeof UNITS;
const MOST_DAYS = 366;

interface Props {
  offered: readonly Questionnaire[];
  /** URLs that are asked already. */
  taken: ReadonlySet<string>;
  onClose: () => void;
  onAsk: (ask: NewQuestionnaireRequest) => Promise<void>;
}

/** Asks the patient for a questionnaire, once or again and again. */
export function NewAskDialog({ offered, taken, onClose, onAsk }: Props) {
  const { t, language } = useLanguage();
  const [url, setUrl] = useState('');
  const [unit, setUnit] = useState<Unit>('once');
  const [count, setCount] = useState('1');
  const today = localTime(new Date()).slice(0, 10);
  const [by, setBy] = useState(dayAfter(today, 7));
  const [reason, setReason] = useState('');
  const days = UNITS[unit] * Number(count);
  const right = unit === 'once' || (/^\d{1,3}$/.test(count.trim()) && days >= 1 && days <= MOST_DAYS);
  const titles = offered.map((one) => ({
    value: one.url ?? '',
    label: said(one.title, one._title, language) || t('questions.untitled'),
  }));
  return (
    <Dialog title={t('orders.new')} onClose={onClose}>
      <Form
        submit={t('orders.ask')}
        onSubmit={() =>
          onAsk({
            url,
            everyDays: unit === 'once' ? 0 : days,
            by: by || null,
            reason: reason.trim(),
            since: localTime(new Date()),
          })
        }
      >
        <RequiredChoice
          label={t('orders.which')}
          choices={titles}
          value={url}
          problem={taken.has(url) ? t('orders.taken') : undefined}
          onValue={setUrl}
        />
        <NativeSelect
          label={t('orders.often')}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value as Unit)}
          data={[
            { value: 'once', label: t('orders.once') },
            { value: 'd', label: t('orders.days') },
            { value: 'wk', label: t('orders.weeks') },
          ]}
        />
        {unit !== 'once' && (
          <Field
            label={t('orders.count')}
            inputMode="numeric"
            value={count}
            onValue={setCount}
            problem={right ? undefined : t('orders.count.problem', { most: MOST_DAYS })}
          />
        )}
        <DayField
          label={t(unit === 'once' ? 'orders.by' : 'orders.by.first')}
          value={by}
          onValue={setBy}
          least={today}
        />
        <ReasonField label={t('field.optional', { label: t('orders.reason') })} value={reason} onValue={setReason} />
      </Form>
    </Dialog>
  );
}
