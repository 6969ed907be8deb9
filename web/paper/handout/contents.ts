// SPDX-License-Identifier: Apache-2.0
// What a handout says, in words: nothing that the app would not say, and nothing left out that binds. Pure.
import type { Questionnaire } from 'fhir/r4';
import type { Programme } from 'reprise-engine';
import { doseOf, type Dose } from '../../exercises/dose.ts';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { isHold, wantsSupport, type Prescribed } from '../../exercises/prescribed.ts';
import { unitCode } from '../../fhir/amount.ts';
import { said } from '../../fhir/questionnaire/model.ts';
import type { Spoken } from '../../translations/language.tsx';

/** How words are made: the same as on the screens. */
export interface Speech extends Pick<Spoken, 't' | 'number' | 'day' | 'weekday' | 'counted' | 'language'> {
  dose: (dose: Dose) => string;
  amount: (value: number, code: string, measure?: string) => string;
  bearing: (programme: Programme) => string;
}

export interface HandoutExercise {
  request: string;
  name: string;
  /** The side in words, and of a one-legged exercise which leg stands; null: it has no side. */
  side: string | null;
  facts: string[];
  steps: string[];
  /** What binds: limits, helper, support. */
  careful: string[];
  /** What to have ready, the clinic's words, when to stop. */
  notes: string[];
  endIsHeld: boolean;
}

export interface Handout {
  title: string;
  exercises: HandoutExercise[];
  /** Exercises that must not be done now. */
  paused: string[];
  /** Above all exercises. */
  binds: string[];
  signs: string[];
  pain: string;
  calls: string[];
  notes: string[];
}

function paceOf({ order, facts }: Prescribed, { t, number }: Speech): string[] {
  const { out_s, hold_s, back_s } = facts.pace;
  const rest = order.sets > 1 ? [t('paper.rest', { seconds: number(order.rest_s) })] : [];
  if (facts.kind === 'hold') return rest;
  const values = { out: number(out_s), hold: number(hold_s), back: number(back_s) };
  return [t(hold_s >= 0.5 ? 'paper.paceHold' : 'paper.pace', values), ...rest];
}

function exerciseOf(prescribed: Prescribed, speech: Speech): HandoutExercise {
  const { t, dose, amount, language } = speech;
  const { order, facts, file } = prescribed;
  const words = exerciseWords(file, language);
  const leg = order.side && facts.standing_leg[order.side];
  const needs = (required: boolean) => words.equipment.filter((one) => one.required === required).map(({ use }) => use);
  return {
    request: order.request,
    name: words.name,
    side: order.side && [t(`side.${order.side}`), ...(leg ? [t(`introduce.leg.${leg}`)] : [])].join('. '),
    facts: [dose(doseOf(prescribed, false)), ...paceOf(prescribed, speech)],
    steps: words.steps,
    careful: [
      ...(facts.ceiling === null
        ? []
        : [t('paper.ceiling', { value: amount(facts.ceiling, unitCode(facts.unit), facts.measure) })]),
      ...(order.helper ? [t('paper.helper')] : []),
      ...(wantsSupport(prescribed) ? [t('paper.support')] : []),
      ...(order.supportNote ? [order.supportNote] : []),
    ],
    notes: [
      ...needs(true).map((use) => t('paper.needed', { use })),
      ...needs(false).map((use) => t('paper.helpful', { use })),
      ...(order.instruction ? [`${t('introduce.fromClinic')} ${order.instruction}`] : []),
      ...(words.stop ? [words.stop] : []),
    ],
    endIsHeld: isHold(prescribed),
  };
}

/** Numbers of the clinic alone: never a guess. */
function callsOf({ clinic, emergencyNumber }: Programme, { t }: Speech): string[] {
  return [
    emergencyNumber ? t('call.emergency', { number: emergencyNumber }) : t('call.emergencyUnknown'),
    clinic.phone
      ? t('call.clinic', { name: clinic.name ?? t('call.yourClinic'), number: clinic.phone })
      : t('call.clinicUnknown'),
  ];
}

export function handoutOf(
  programme: Programme,
  exercises: readonly Prescribed[],
  flags: Questionnaire,
  speech: Speech,
): Handout {
  const { t, counted, language } = speech;
  const others = programme.tests.length + programme.endurance.length + programme.balance.length;
  const problems = programme.problems.filter(({ request }) => request !== null).length;
  const bearing = speech.bearing(programme);
  return {
    title: programme.title ?? t('today.programme'),
    exercises: exercises.filter(({ order }) => !order.held).map((one) => exerciseOf(one, speech)),
    paused: exercises.filter(({ order }) => order.held).map(({ file }) => exerciseWords(file, language).name),
    binds: bearing ? [bearing] : [],
    signs: (flags.item ?? []).map((item) => said(item.text, item._text, language)),
    pain: t('paper.pain', { stop: programme.limits.painStop, rise: programme.limits.painRise }),
    calls: callsOf(programme, speech),
    notes: [
      ...(programme.note ? [programme.note] : []),
      ...(problems > 0 ? [counted('today.problems', problems)] : []),
      ...(others > 0 ? [t('paper.others')] : []),
    ],
  };
}
