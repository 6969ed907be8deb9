// SPDX-License-Identifier: Apache-2.0
import type { CarePlan } from 'fhir/r4';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Confirm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { sendTransaction } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { endedPlan, GROUPS, hasCode, planBundle, setUpBundle, type About, type Group } from './forms.ts';
import { today, type Loaded } from './load.ts';

function Begin({ about, onChanged }: { about: About; onChanged: () => Promise<unknown> }) {
  const { t } = useLanguage();
  const [group, setGroup] = useState<Group>('musculoskeletal');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => sendTransaction(planBundle(about, crypto.randomUUID(), group, today())),
    onSuccess: () => onChanged(),
  });
  return (
    <>
      <div className="tools">
        <NativeSelect
          label={t('rtm.group')}
          value={group}
          onChange={(event) => setGroup(event.currentTarget.value as Group)}
          data={GROUPS.map((value) => ({ value, label: t(`rtm.group.${value}`) }))}
        />
        <Button loading={isPending} onClick={() => mutate()}>
          {t('rtm.plan.begin')}
        </Button>
      </div>
      <FailureAlert failure={error} />
    </>
  );
}

/** Lists the monitoring plans: begins one, records its set-up, ends it. */
export function Plans({
  loaded: { plans, counted },
  about,
  onChanged,
}: {
  loaded: Loaded;
  about: About;
  onChanged: () => Promise<unknown>;
}) {
  const { t, day } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (plan: CarePlan) => sendTransaction(setUpBundle(about, crypto.randomUUID(), plan.id ?? '', new Date())),
    onSuccess: () => onChanged(),
  });
  const [ending, setEnding] = useState<CarePlan>();
  const ours = plans.filter(
    ({ category, status }) => status !== 'entered-in-error' && GROUPS.some((group) => hasCode(category, group)),
  );
  const active = ours.filter(({ status }) => status === 'active');
  const [current] = active;
  const setUpMissing = counted.missing.some(({ need }) => need === 'set_up');
  return (
    <Section title={t('rtm.plan')}>
      <ul className="rows">
        {ours.map((plan) => {
          const group = GROUPS.find((one) => hasCode(plan.category, one));
          const { start, end } = plan.period ?? {};
          return (
            <li key={plan.id} className="row">
              <span>
                {group && t(`rtm.group.${group}`)}
                <span className="small">
                  {' '}
                  {start &&
                    t(end ? 'rtm.period' : 'rtm.since', {
                      from: day(start.slice(0, 10)),
                      day: day(start.slice(0, 10)),
                      to: end ? day(end.slice(0, 10)) : '',
                    })}
                </span>
              </span>
              {plan.status === 'active' && (
                <span className="end">
                  <Button variant="subtle" size="compact-sm" onClick={() => setEnding(plan)}>
                    {t('rtm.plan.end')}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {current && setUpMissing && (
        <Button variant="default" loading={isPending} onClick={() => mutate(current)}>
          {t('rtm.setUp.record')}
        </Button>
      )}
      <FailureAlert failure={error} />
      {active.length === 0 && <Begin about={about} onChanged={onChanged} />}
      {ending && (
        <Confirm
          title={t('rtm.plan.end')}
          text={t('rtm.plan.end.what')}
          action={t('rtm.plan.end')}
          onClose={() => setEnding(undefined)}
          onConfirm={async () => {
            await sendTransaction(endedPlan(ending, today()));
            await onChanged();
          }}
        />
      )}
    </Section>
  );
}
