// SPDX-License-Identifier: Apache-2.0
import type { Goal, Observation } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { searchAll } from '../../data/fhir_search.ts';
import { networkFirst } from '../../data/network_first.ts';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { change, create, createNamed } from '../../data/write.ts';
import { localTime } from '../../fhir/local_time.ts';
import {
  goalInWords,
  mayBeChanged,
  nearnessOf,
  OWN_GOAL,
  ownGoalIn,
  toldOf,
  type Nearness,
  type Told,
} from '../../fhir/own_goal.ts';
import { dayOf } from '../../fhir/results.ts';

interface OwnGoal {
  goal?: Goal;
  /** About that goal, the newest first. */
  told: Told[];
}

async function asked(patient: string): Promise<OwnGoal> {
  const of = `?subject=Patient/${patient}&_count=100`;
  const [goals, answers] = await Promise.all([
    searchAll<Goal>('Goal', of),
    searchAll<Observation>('Observation', `${of}&code=urn:reprise:observation%7Cgoal-progress`),
  ]);
  const goal = ownGoalIn(goals);
  return { ...(goal && { goal }), told: toldOf(answers, goal?.id ?? '') };
}

/** The patient's own goal, and how to write about it. Without a network it is as it was kept; writing then fails. */
export function useOwnGoal(simulated: boolean) {
  const {
    account: { id, person = '' },
  } = useAccount();
  const key = queryKeys.ownGoal(id);
  const { data } = useQuery({ queryKey: key, queryFn: () => networkFirst(`own goal ${id}`, () => asked(person)) });
  const goal = data?.value.goal;
  return {
    own: data?.value,
    async save(words: string) {
      if (goal && mayBeChanged(goal)) await change({ ...goal, description: { text: words } });
      else {
        const resource = goalInWords(person, words, dayOf(new Date()));
        await createNamed([{ resource, system: OWN_GOAL, name: crypto.randomUUID() }], simulated);
      }
      await reload(key);
    },
    async tell(nearness: Nearness) {
      await create(nearnessOf(person, goal?.id ?? '', nearness, localTime(new Date())), simulated);
      await reload(key);
    },
  };
}
