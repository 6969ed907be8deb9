// SPDX-License-Identifier: Apache-2.0
// A goal in the patient's own words, and the patient's weekly answers about it: docs/reference/programme.md. Pure.
import type { Goal, Observation } from 'fhir/r4';
import { DAY_MS } from './durations.ts';
import { codeOf, OBSERVATION } from './results.ts';

/** Of the identifier that tells such a goal from those that a clinician wrote. */
export const OWN_GOAL = 'urn:reprise:own-goal';
export const GOAL_PROGRESS = 'goal-progress';
const NEARNESS = 'urn:reprise:goal-nearness';
const ACHIEVEMENT = 'http://terminology.hl7.org/CodeSystem/goal-achievement';
/** As the record allows it, in letters. */
export const MOST_LETTERS = 500;

export const NEARNESSES = ['much-nearer', 'nearer', 'same', 'farther'] as const;
export type Nearness = (typeof NEARNESSES)[number];
const ACHIEVED: Record<Nearness, string> = {
  'much-nearer': 'improving',
  nearer: 'improving',
  same: 'no-change',
  farther: 'worsening',
};
const WORDS: Record<Nearness, string> = {
  'much-nearer': 'much nearer',
  nearer: 'a little nearer',
  same: 'the same',
  farther: 'farther away',
};

export const isOwnGoal = ({ identifier = [] }: Goal) => identifier.some(({ system }) => system === OWN_GOAL);

const isOpen = ({ lifecycleStatus }: Goal) => lifecycleStatus === 'active' || lifecycleStatus === 'proposed';

/** The newest one that is open. */
export const ownGoalIn = (goals: readonly Goal[]): Goal | undefined =>
  goals
    .filter((goal) => isOwnGoal(goal) && isOpen(goal) && goal.description?.text)
    .sort((a, b) => ((a.startDate ?? '') < (b.startDate ?? '') ? 1 : -1))[0];

const OWN_FIELDS = new Set(
  'resourceType id meta identifier lifecycleStatus description subject startDate expressedBy'.split(' '),
);
/** Whether the record lets the patient change it: a clinician has added nothing. */
export const mayBeChanged = (goal: Goal) => Object.keys(goal).every((name) => OWN_FIELDS.has(name));

export const goalInWords = (patient: string, words: string, today: string): Goal & { resourceType: 'Goal' } => ({
  resourceType: 'Goal',
  lifecycleStatus: 'active',
  description: { text: words },
  subject: { reference: `Patient/${patient}` },
  startDate: today,
  expressedBy: { reference: `Patient/${patient}` },
});

export const nearnessOf = (
  patient: string,
  goal: string,
  nearness: Nearness,
  when: string,
): Observation & { resourceType: 'Observation' } => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] }],
  code: { coding: [{ system: OBSERVATION, code: GOAL_PROGRESS }], text: 'How near the own goal is' },
  subject: { reference: `Patient/${patient}` },
  focus: [{ reference: `Goal/${goal}` }],
  effectiveDateTime: when,
  performer: [{ reference: `Patient/${patient}` }],
  valueCodeableConcept: {
    coding: [
      { system: NEARNESS, code: nearness, display: WORDS[nearness] },
      { system: ACHIEVEMENT, code: ACHIEVED[nearness] },
    ],
    text: WORDS[nearness],
  },
});

export interface Told {
  at: string;
  nearness: Nearness;
}

/** The answers about a goal, the newest first. What cannot be read is left out. */
export function toldOf(observations: readonly Observation[], goal: string): Told[] {
  return observations
    .flatMap(({ status, code, focus, effectiveDateTime: at, valueCodeableConcept }): Told[] => {
      const nearness = NEARNESSES.find((one) => one === codeOf(valueCodeableConcept, NEARNESS));
      const about = focus?.some(({ reference }) => reference === `Goal/${goal}`);
      const counts = status !== 'entered-in-error' && codeOf(code, OBSERVATION) === GOAL_PROGRESS;
      return counts && about && nearness && at && !Number.isNaN(Date.parse(at)) ? [{ at, nearness }] : [];
    })
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

const EVERY_DAYS = 7;
const noonOf = (moment: Date) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate(), 12).getTime();

/** A week after the last answer, or after the day of the goal. */
export function isAskDue({ startDate }: Goal, told: readonly Told[], now: Date): boolean {
  const since = told[0] ? new Date(told[0].at) : new Date(`${startDate ?? ''}T12:00`);
  // Half a day less: the clock may have changed.
  return !Number.isNaN(since.getTime()) && noonOf(now) - noonOf(since) >= (EVERY_DAYS - 0.5) * DAY_MS;
}
