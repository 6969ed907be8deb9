// SPDX-License-Identifier: Apache-2.0
import { QueryBoundary } from '../../../components/query_boundary.tsx';
import { Section } from '../../../components/section.tsx';
import { useLanguage } from '../../../translations/language.tsx';
import { QuestionnaireCard, TestCard } from './score_card.tsx';
import { useFunctionScores } from './use_function_scores.ts';

/** Tests of function and scores of questionnaires since the first of each. */
export function FunctionSection() {
  const { t } = useLanguage();
  return (
    <Section title={t('function.title')}>
      <QueryBoundary query={useFunctionScores()}>
        {({ value: { tests, questionnaires } }) =>
          tests.length + questionnaires.length === 0 ? (
            <p className="note">{t('function.empty')}</p>
          ) : (
            <>
              {tests.map((score) => (
                <TestCard key={`${score.test} ${score.side ?? ''}`} score={score} />
              ))}
              {questionnaires.map(({ code, name, points }) => (
                <QuestionnaireCard key={code} name={name} points={points} />
              ))}
            </>
          )
        }
      </QueryBoundary>
    </Section>
  );
}
