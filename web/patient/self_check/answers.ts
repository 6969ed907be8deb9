// SPDX-License-Identifier: Apache-2.0
// What a patient answered, as the record gets it. Pure.
import type { SelfAnswers, SelfOutcome } from 'reprise-engine';
import type { Language } from '../../translations/language.tsx';
import { DEFINITION, regionsOf, wordsIn, type QuestionName } from './definition.ts';
import type { Side, Sides } from './flow.ts';

export type SideWords = Readonly<Record<Side | 'both', string>>;

/** By the linkIds of catalog/questionnaires/self_assessment.json, in the words that the patient saw. */
export function answersOf(
  answers: SelfAnswers,
  sides: Sides,
  { title }: Pick<SelfOutcome, 'title'>,
  language: Language,
  side: SideWords,
) {
  const regions = regionsOf(answers.regions ?? []).map(({ id, name }) => {
    const hurting = sides[id];
    return hurting ? `${wordsIn(name, language)} (${side[hurting]})` : wordsIn(name, language);
  });
  const words = (question: QuestionName, ids: readonly string[]) =>
    DEFINITION.questions[question].options
      .filter(({ id }) => ids.includes(id))
      .map(({ text }) => wordsIn(text, language))
      .join('; ');
  const texts = {
    'self-regions': regions.join('; '),
    'self-since': words('since', [answers.since ?? '']),
    'self-course': words('course', [answers.course ?? '']),
    'self-worse-with': words('worse_with', answers.worse_with ?? []),
    'self-hard': words('hard', answers.hard ?? []),
    'self-outcome': title ?? '',
  };
  const ownFlags = new Set(DEFINITION.regions.flatMap(({ flags }) => flags.map(({ id }) => id)));
  const flags = Object.entries(answers.flags ?? {}).filter(([id, yes]) => ownFlags.has(id) && yes !== null);
  return [
    ...Object.entries(texts).flatMap(([question, value]) => (value ? [{ question, value }] : [])),
    ...(answers.unsteady == null ? [] : [{ question: 'self-unsteady', value: answers.unsteady }]),
    ...flags.map(([id, yes]) => ({ question: `self-flag-${id}`, value: yes === true })),
  ];
}
