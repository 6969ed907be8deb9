// SPDX-License-Identifier: Apache-2.0
import { useCallback } from 'react';
import { isHold, type Prescribed } from '../../../exercises/prescribed.ts';
import { dayOf } from '../../../fhir/results.ts';
import { useHistory } from '../../progress/use_history.ts';
import type { ExerciseDone } from '../flow.ts';
import { lastTimeOf } from './last_time.ts';
import { lookBack, type LookBack } from './look_back.ts';

/** Returns a function that looks back on an exercise; what the record has of earlier days may be unknown. */
export function useLookBack(painBefore: number | undefined): (of: Prescribed, done: ExerciseDone) => LookBack {
  const history = useHistory().data?.value;
  return useCallback(
    (of, done) => {
      const { sets, repetitions, hold_s, request } = of.order;
      const today = dayOf(new Date());
      return lookBack(
        done,
        { sets, repetitions, hold_s, isHold: isHold(of), hasCeiling: of.facts.ceiling !== null },
        { painBefore, last: lastTimeOf(history ?? [], request, today), today },
      );
    },
    [history, painBefore],
  );
}
