// SPDX-License-Identifier: Apache-2.0
import type { Programme, RequestTerms } from 'reprise-engine';
import { holdsOfAll } from '../session/hold_card.tsx';

type Limit = NonNullable<Programme['loadLimit']>;

/** A walk within the limit of the programme. It is no request of its own: a patient may walk with sensors any time. */
export interface Asked extends RequestTerms {
  side: 'left' | 'right';
  limit: Limit;
}

/** Whether a walk of one is a walk of the other. */
export const isSameLimit = (one: Asked, other: Asked) =>
  one.side === other.side && JSON.stringify(one.limit) === JSON.stringify(other.limit);

/** Undefined where the clinic has set no limit for one leg. */
export function findAsked(programme: Programme): Asked | undefined {
  const { loadLimit: limit, affectedSide: side } = programme;
  if (!limit || (side !== 'left' && side !== 'right')) return undefined;
  return {
    request: '',
    everyDays: 0,
    helper: limit.helper,
    held: holdsOfAll(programme).length > 0,
    supportNote: null,
    instruction: null,
    answerBy: null,
    lastDone: null,
    done: false,
    due: null,
    problem: null,
    side,
    limit,
  };
}
