// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Programme } from 'reprise-engine';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { localStore } from '../../data/local_store.ts';
import { useAccount } from '../../data/session.ts';
import { isAskDue, NEARNESSES, type Nearness } from '../../fhir/own_goal.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useHistory } from '../progress/use_history.ts';
import { holdsOfAll } from '../session/hold_card.tsx';
import { GoalForm } from './goal_form.tsx';
import './goal.css';
import { useOwnGoal } from './use_own_goal.ts';

const skippedKey = (account: string) => `own goal skipped ${account}`;

/** Whether the patient said "not now" on this device; undefined until it was asked. */
function useSkipped() {
  const { id } = useAccount().account;
  const [skipped, setSkipped] = useState<boolean>();
  useEffect(() => {
    void localStore()
      .then((device) => device.value(skippedKey(id)))
      .then((known) => setSkipped(known !== undefined));
  }, [id]);
  const skip = async () => {
    setSkipped(true);
    await (await localStore()).putValue(skippedKey(id), true);
  };
  return { skipped, skip };
}

function HowNear({ words, onTold }: { words: string; onTold: (nearness: Nearness) => Promise<void> }) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({ mutationFn: onTold });
  return (
    <Section title={t('ownGoal.title')}>
      <blockquote className="own-goal">{words}</blockquote>
      <p className="goal-ask">{t('ownGoal.near')}</p>
      <div className="actions">
        {NEARNESSES.map((one) => (
          <Button key={one} size="md" variant="default" disabled={isPending} onClick={() => mutate(one)}>
            {t(`ownGoal.near.${one}`)}
          </Button>
        ))}
      </div>
      <FailureAlert failure={error} />
    </Section>
  );
}

/** After the first session asks for a goal, and each week how near it is. Absent while an exercise is on hold. */
export function GoalToday({ programme }: { programme: Programme }) {
  const { t } = useLanguage();
  const { own, save, tell } = useOwnGoal(programme.simulated);
  const { data: history } = useHistory();
  const { skipped, skip } = useSkipped();
  const [thanks, setThanks] = useState<Nearness>();
  const held = holdsOfAll(programme).length > 0 || programme.exercises.some((one) => one.held);
  if (!own || held) return null;
  const { goal, told } = own;
  if (thanks)
    return (
      <Section title={t('ownGoal.title')}>
        <p role="status">{t(thanks === 'farther' ? 'ownGoal.thanksFarther' : 'ownGoal.thanks')}</p>
      </Section>
    );
  if (goal)
    return isAskDue(goal, told, new Date()) ? (
      <HowNear
        words={goal.description?.text ?? ''}
        onTold={async (nearness) => {
          await tell(nearness);
          setThanks(nearness);
        }}
      />
    ) : null;
  if (skipped !== false || (history?.value.length ?? 0) === 0) return null;
  return (
    <Section title={t('ownGoal.title')}>
      <p className="goal-ask">{t('ownGoal.ask')}</p>
      <GoalForm
        onSave={save}
        beside={
          <Button size="md" variant="default" onClick={() => void skip()}>
            {t('ownGoal.skip')}
          </Button>
        }
      />
    </Section>
  );
}
