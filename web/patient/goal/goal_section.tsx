// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../../components/section.tsx';
import { mayBeChanged } from '../../fhir/own_goal.ts';
import { dayOf } from '../../fhir/results.ts';
import { useLanguage } from '../../translations/language.tsx';
import { GoalForm } from './goal_form.tsx';
import './goal.css';
import { useHelping } from '../carers/use_helping.ts';
import { useOwnGoal } from './use_own_goal.ts';

/** The patient's own goal on Progress: to read, to write, to change, and the answers of each week. */
export function GoalSection({ simulated }: { simulated: boolean }) {
  const { t, day } = useLanguage();
  const { own, save } = useOwnGoal(simulated);
  const [editing, setEditing] = useState(false);
  const helping = useHelping();
  if (!own || (helping && !own.goal)) return null;
  const { goal, told } = own;
  const words = goal?.description?.text;
  const form = !goal || editing;
  return (
    <Section title={t('ownGoal.title')}>
      {form ? (
        <>
          <p className="goal-ask">{t('ownGoal.ask')}</p>
          <GoalForm
            key={goal?.id}
            before={words ?? ''}
            onSave={async (next) => {
              await save(next);
              setEditing(false);
            }}
          />
        </>
      ) : (
        <>
          <blockquote className="own-goal">{words}</blockquote>
          {helping ? null : mayBeChanged(goal) ? (
            <Button size="md" variant="default" onClick={() => setEditing(true)}>
              {t('ownGoal.change')}
            </Button>
          ) : (
            <p className="note">{t('ownGoal.clinic')}</p>
          )}
        </>
      )}
      {told.length > 0 && (
        <details>
          <summary>{t('ownGoal.told')}</summary>
          <ul>
            {told.map(({ at, nearness }) => (
              <li key={at}>
                {day(dayOf(new Date(at)))}: {t(`ownGoal.near.${nearness}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
