// SPDX-License-Identifier: Apache-2.0
import type { Goal, Observation } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { searchAll } from '../../data/fhir_search.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { isOwnGoal, toldOf } from '../../fhir/own_goal.ts';
import { dayOf } from '../../fhir/results.ts';
import { useLanguage } from '../../translations/language.tsx';

const NEWEST = 4;

function Told({ goal }: { goal: Goal }) {
  const { t, day } = useLanguage();
  const patient = goal.subject?.reference ?? '';
  const { data: told = [] } = useQuery({
    queryKey: queryKeys.goalAnswers(patient, goal.id ?? ''),
    queryFn: async () => {
      const query = `?subject=${patient}&code=urn:reprise:observation%7Cgoal-progress&_sort=-date&_count=100`;
      return toldOf(await searchAll<Observation>('Observation', query), goal.id ?? '');
    },
  });
  return (
    <p className="small">
      {t('ownGoal.inOwnWords')}
      {told.slice(0, NEWEST).map(({ at, nearness }) => (
        <span key={at}>
          {' · '}
          {day(dayOf(new Date(at)))}: {t(`ownGoal.near.${nearness}`)}
        </span>
      ))}
    </p>
  );
}

/** Says that a goal is in the patient's own words, and what the patient said of it in the last weeks. */
export const OwnGoalTold = ({ goal }: { goal: Goal }) => (isOwnGoal(goal) ? <Told goal={goal} /> : null);
