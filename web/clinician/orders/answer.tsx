// SPDX-License-Identifier: Apache-2.0
import type { QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../components/dialog.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { loadAnswer } from './load.ts';
import { optionWords, questionsIn } from './questions.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

function useSaid() {
  const { t, number, day } = useLanguage();
  return (
    answer: QuestionnaireResponseItemAnswer,
    optionOf?: (code: string | undefined) => string | undefined,
  ): string => {
    const { valueBoolean, valueInteger, valueDecimal, valueString, valueDate, valueCoding, valueQuantity } = answer;
    if (valueBoolean !== undefined) return t(valueBoolean ? 'yes' : 'no');
    const counted = valueInteger ?? valueDecimal ?? valueQuantity?.value;
    if (counted !== undefined) return number(counted);
    if (valueDate !== undefined) return day(valueDate);
    return valueString ?? valueCoding?.display ?? optionOf?.(valueCoding?.code) ?? valueCoding?.code ?? '';
  };
}

interface Questions {
  questions: ReadonlyMap<string, string>;
  optionOf: ReturnType<typeof optionWords>;
}

function Items({ items, asked }: { items: readonly QuestionnaireResponseItem[]; asked: Questions }) {
  const { t } = useLanguage();
  const said = useSaid();
  return (
    <dl className="order-answers">
      {items.map(({ linkId, text, answer = [], item = [] }) => (
        <div key={linkId}>
          <dt>{text ?? asked.questions.get(linkId ?? '') ?? t('orders.questionUnknown')}</dt>
          {answer.length > 0 && (
            <dd>{answer.map((one) => said(one, (code) => asked.optionOf(linkId, code))).join(', ')}</dd>
          )}
          {[...item, ...answer.flatMap((one) => one.item ?? [])].length > 0 && (
            <dd>
              <Items items={[...item, ...answer.flatMap((one) => one.item ?? [])]} asked={asked} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** Shows the answers in the words that the patient saw, and their scores. */
export function AnswerDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const { t, moment, language } = useLanguage();
  const said = useSaid();
  const query = useQuery({ queryKey: queryKeys.answers(id), queryFn: () => loadAnswer(id) });
  return (
    <Dialog title={title} onClose={onClose}>
      <QueryBoundary query={query}>
        {({ answered, questionnaire, scores }) => (
          <>
            <p className="small">{answered.authored && moment(answered.authored)}</p>
            {scores.map((score) => (
              <p key={score.id}>
                <strong>
                  {score.code?.text ?? t('orders.score')}:{' '}
                  {said({ valueInteger: score.valueInteger, valueQuantity: score.valueQuantity })}
                </strong>
              </p>
            ))}
            <Items
              items={answered.item ?? []}
              asked={{
                questions: questionsIn(questionnaire?.item, language),
                optionOf: optionWords(questionnaire?.item, language),
              }}
            />
          </>
        )}
      </QueryBoundary>
    </Dialog>
  );
}
