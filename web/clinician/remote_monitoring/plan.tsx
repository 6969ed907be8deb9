import type { CarePlan } from 'fhir/r4';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../hooks/act.ts';
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
  const { busy, failure, act } = useAct();
  const begin = () =>
    act(async () => {
      await sendTransaction(planBundle(about, crypto.randomUUID(), group, today()));
      await onChanged();
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
        <Button
          loading={busy}
          onClick={() => {
            void begin();
          }}
        >
          {t('rtm.plan.begin')}
        </Button>
      </div>
      <FailureAlert failure={failure} />
    </>
  );
}

/** Plans of monitoring, the set-up, and their end. */
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
  const { busy, failure, act } = useAct();
  const [ending, setEnding] = useState<CarePlan>();
  const ours = plans.filter(
    ({ category, status }) => status !== 'entered-in-error' && GROUPS.some((group) => hasCode(category, group)),
  );
  const active = ours.filter(({ status }) => status === 'active');
  const setUpMissing = counted.missing.some(({ need }) => need === 'set_up');
  const setUp = (plan: CarePlan) =>
    act(async () => {
      await sendTransaction(setUpBundle(about, crypto.randomUUID(), plan.id ?? '', new Date()));
      await onChanged();
    });
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
      {active[0] && setUpMissing && (
        <Button
          variant="default"
          loading={busy}
          onClick={() => {
            void setUp(active[0] as CarePlan);
          }}
        >
          {t('rtm.setUp.record')}
        </Button>
      )}
      <FailureAlert failure={failure} />
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
