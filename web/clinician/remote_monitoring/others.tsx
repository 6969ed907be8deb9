// SPDX-License-Identifier: Apache-2.0
import type { CarePlan } from 'fhir/r4';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Field, Form } from '../../components/form.tsx';
import { Section } from '../../components/section.tsx';
import { sendTransaction } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { hasCode, otherBundle, PROGRAMMES, wrongPlan, type About, type Programme } from './forms.ts';
import { today } from './load.ts';

function AddOther({
  about,
  onClose,
  onChanged,
}: {
  about: About;
  onClose: () => void;
  onChanged: () => Promise<unknown>;
}) {
  const { t } = useLanguage();
  const [programme, setProgramme] = useState<Programme>('physiologic-monitoring');
  const [from, setFrom] = useState(today());
  const [to, setTo] = useState('');
  return (
    <Dialog title={t('rtm.other.add')} onClose={onClose}>
      <Form
        submit={t('save')}
        onSubmit={async () => {
          await sendTransaction(otherBundle(about, crypto.randomUUID(), programme, from, to || undefined));
          onClose();
          await onChanged();
        }}
      >
        <NativeSelect
          label={t('rtm.other.which')}
          value={programme}
          onChange={(event) => setProgramme(event.currentTarget.value as Programme)}
          data={PROGRAMMES.map((value) => ({ value, label: t(`rtm.other.${value}`) }))}
        />
        <Field label={t('rtm.other.from')} type="date" value={from} onValue={setFrom} data-autofocus />
        <Field
          label={t('rtm.other.to')}
          type="date"
          value={to}
          onValue={setTo}
          optional
          problem={to !== '' && to < from ? t('rtm.other.to.problem') : undefined}
        />
      </Form>
    </Dialog>
  );
}

/** Lists monitoring of another kind or by another provider: ours may not be claimed beside it. */
export function Others({
  plans,
  about,
  onChanged,
}: {
  plans: readonly CarePlan[];
  about: About;
  onChanged: () => Promise<unknown>;
}) {
  const { t, day } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (plan: CarePlan) => sendTransaction(wrongPlan(plan)),
    onSuccess: () => onChanged(),
  });
  const [adding, setAdding] = useState(false);
  const others = plans.filter(
    ({ category, status }) => status !== 'entered-in-error' && PROGRAMMES.some((one) => hasCode(category, one)),
  );
  return (
    <Section
      title={t('rtm.others')}
      action={
        <Button variant="default" size="sm" onClick={() => setAdding(true)}>
          {t('rtm.other.add')}
        </Button>
      }
    >
      {others.length === 0 && <p className="none">{t('rtm.others.none')}</p>}
      <ul className="rows">
        {others.map((plan) => {
          const programme = PROGRAMMES.find((one) => hasCode(plan.category, one));
          const { start = '', end } = plan.period ?? {};
          const from = start && day(start.slice(0, 10));
          return (
            <li key={plan.id} className="row">
              <span>
                {programme && t(`rtm.other.${programme}`)}
                <span className="small">
                  {' '}
                  {end ? t('rtm.period', { from, to: day(end.slice(0, 10)) }) : t('rtm.since', { day: from })}
                </span>
              </span>
              <span className="end">
                <Button variant="subtle" size="compact-sm" loading={isPending} onClick={() => mutate(plan)}>
                  {t('rtm.time.wrong')}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      <FailureAlert failure={error} />
      {adding && <AddOther about={about} onClose={() => setAdding(false)} onChanged={onChanged} />}
    </Section>
  );
}
