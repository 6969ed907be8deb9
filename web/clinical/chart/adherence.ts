// Adherence as the engine calculates it (care/plan/adherence.h): each day by the programme then in force.
// Pure, apart from the engine.
import type { CarePlan, ServiceRequest } from 'fhir/r4';
import type { Adherence, Reprise } from 'reprise-engine';
import { localTime } from '../../fhir/local_time.ts';
import { dayOf } from '../../fhir/results.ts';
import type { SetDone } from './series.ts';

export type { Adherence };
export type PrescribedThen = Adherence['stretches'][number]['exercises'][number];

/** `texts`: for the doses of exercises; `versions`: of all programmes and their exercises. */
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

/** Whether anything was prescribed in that time. */
export const isJudged = (adherence: Adherence | undefined): adherence is Adherence =>
  adherence?.weeks.some(({ percent }) => percent !== null) ?? false;

/** Whether a programme was in force, though there may be nothing to judge on its first day. */
export const isBegun = (adherence: Adherence | undefined) => adherence?.weeks.some(({ days }) => days > 0) ?? false;

/** Sets from a day until today. Of today's no more count as prescribed than were done: it is not over. */
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

/** What a request prescribed on a day. */
export const prescribedOn = (
  { stretches }: Adherence,
  day: string,
  request: string | undefined,
): PrescribedThen | undefined =>
  stretches.findLast(({ from }) => from <= day)?.exercises.find((one) => one.request === request);
