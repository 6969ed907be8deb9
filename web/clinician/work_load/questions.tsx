// SPDX-License-Identifier: Apache-2.0
// What the camera cannot see is asked once the clip is seen.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WorkAnswer, WorkLoadResult, WorkQuestion } from 'reprise-engine';
import { Choices } from '../../components/choices.tsx';
import { useLanguage, type Key } from '../../translations/language.tsx';
import { numberIn } from '../camera_tests/tests.ts';
import { answersOf, withAnswer, type Answered } from './model.ts';

const MOST_KG = 500;
const ARMS = ['both', 'left', 'right'] as const;
const ASKED_OTHERWISE: readonly WorkQuestion[] = ['arm_supported', 'wrist_twisted', 'repeated'];

type Asked = WorkLoadResult['questions'][number];

/** The methods ask some things differently. */
export function useQuestionWords(method: WorkLoadResult['load']['method']) {
  const { t } = useLanguage();
  return (question: WorkQuestion) =>
    method === 'reba' && ASKED_OTHERWISE.includes(question)
      ? t(`workload.question.reba.${question}` as Key)
      : t(`workload.question.${question}`);
}

/** As a person reads it. */
export function useAnswerWords() {
  const { t, language } = useLanguage();
  return (answer: WorkAnswer | null) => {
    if (answer === null) return t('workload.open');
    if (typeof answer === 'boolean') return t(answer ? 'yes' : 'no');
    return typeof answer === 'number' ? `${answer.toLocaleString(language)} kg` : t(`workload.choice.${answer}` as Key);
  };
}

interface OneProps {
  asked: Asked;
  question: string;
  answer: WorkAnswer | undefined;
  onAnswer: (answer: WorkAnswer | undefined) => void;
}

function Load({ question, answer, onAnswer }: OneProps) {
  const { t, language } = useLanguage();
  const [typed, setTyped] = useState(answer === undefined ? '' : answer.toLocaleString(language));
  const wrong = numberIn(typed, 0, MOST_KG) === undefined;
  return (
    <TextInput
      label={question}
      value={typed}
      inputMode="decimal"
      rightSection="kg"
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        onAnswer(numberIn(next, 0, MOST_KG) ?? undefined);
      }}
      error={wrong ? t('workload.number.wrong', { least: 0, most: MOST_KG }) : undefined}
    />
  );
}

function One(props: OneProps) {
  const { asked, question, answer, onAnswer } = props;
  const { t } = useLanguage();
  if (asked.kind === 'kilograms') return <Load {...props} />;
  const words = (choice: string) =>
    asked.kind === 'yes_no' ? t(choice as 'yes' | 'no') : t(`workload.choice.${choice}` as Key);
  const choices = asked.kind === 'yes_no' ? ['yes', 'no'] : asked.choices;
  return (
    <Choices
      label={question}
      choices={[
        { value: 'open', label: t('workload.open') },
        ...choices.map((value) => ({ value, label: words(value) })),
      ]}
      value={answer === undefined ? 'open' : typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer)}
      onValue={(value) => onAnswer(value === 'open' ? undefined : asked.kind === 'yes_no' ? value === 'yes' : value)}
    />
  );
}

interface Props {
  result: WorkLoadResult;
  answered: Answered;
  onAnswered: (answered: Answered) => void;
}

export function Questions({ result: { load, questions }, answered, onAnswered }: Props) {
  const { t } = useLanguage();
  const words = useQuestionWords(load.method);
  const { side } = answered;
  const answers = answersOf(answered);
  const armed = questions.some(({ ofArm }) => ofArm);
  // One that the stance decides is not asked; one about an arm only where the arm is named.
  const asked = questions.filter(
    ({ name, open, ofArm }) => (open || answers[name] !== undefined) && (side !== null || !ofArm),
  );
  return (
    <section className="questions" aria-label={t('workload.questions')}>
      <h4>{t('workload.questions')}</h4>
      <p className="small">{t('workload.questions.why')}</p>
      {armed && (
        <Choices
          label={t('workload.arm')}
          choices={ARMS.map((value) => ({
            value,
            label: t(value === 'both' ? 'workload.arm.both' : `side.${value}`),
          }))}
          value={side ?? 'both'}
          onValue={(value) => onAnswered({ ...answered, side: value === 'both' ? null : value })}
        />
      )}
      {armed && side === null && <p className="small">{t('workload.arm.why')}</p>}
      {asked.map((one) => (
        <One
          key={`${one.ofArm ? side : ''} ${one.name}`}
          asked={one}
          question={words(one.name)}
          answer={answers[one.name]}
          onAnswer={(answer) => onAnswered(withAnswer(answered, one, answer))}
        />
      ))}
    </section>
  );
}
