// SPDX-License-Identifier: Apache-2.0
// Adherence as the engine calculates it (care/plan/adherence.h): each day by the programme then in force.
// Pure, apart from the engine.
import type { CarePlan, ServiceRequest } from 'fhir/r4';
import type { Adherence, Reprise } from 'reprise-engine';
import { localTime } from '../../fhir/local_time.ts';
import { dayOf } from '../../fhir/results.ts';
import type { SetDone } from './series.ts';

export type { Adherence };
export type PrescribedThen = Adherence['stretches'][number]['exercises'][number];

/** Computes the adherence. `texts`: the files with the doses; `versions`: of all programmes and their exercises. */
export function adherenceOf(
  reprise: Reprise,
  patient: string,
  texts: readonly string[],
  versions: readonly (readonly (CarePlan | ServiceRequest)[])[],
  sets: readonly SetDone[],
  from: number,
  now: number,
): Adherence {
  const history = JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: versions.flat().map((resource) => ({ resource })),
  });
  return reprise.adherence([...texts, history], {
    patient,
    from: dayOf(new Date(from)),
    now: localTime(new Date(now)),
    sets: sets.filter(({ ahead }) => !ahead).map(({ ownDay, exercise }) => ({ day: ownDay, exercise })),
  });
}

/** Checks if the adherence covers a week with prescribed sets. */
export const isJudged = (adherence: Adherence | undefined): adherence is Adherence =>
  adherence?.weeks.some(({ percent }) => percent !== null) ?? false;

/** Checks if a programme was in force. On its first day it may have no adherence yet. */
export const isBegun = (adherence: Adherence | undefined) => adherence?.weeks.some(({ days }) => days > 0) ?? false;

/** Counts the sets from a day until today. Today's prescribed sets count only as far as done: the day is not over. */
export function setsSince({ days }: Adherence, from: string, today: string): { done: number; prescribed: number } {
  const within = days.filter(({ day }) => day >= from && day <= today);
  return {
    done: within.reduce((sum, { done }) => sum + done, 0),
    prescribed: within.reduce(
      (sum, { day, done, prescribed }) => sum + (day === today ? Math.min(done, prescribed) : prescribed),
      0,
    ),
  };
}

/** Returns the prescription of a request on a day. */
export const prescribedOn = (
  { stretches }: Adherence,
  day: string,
  request: string | undefined,
): PrescribedThen | undefined =>
  stretches.findLast(({ from }) => from <= day)?.exercises.find((one) => one.request === request);
