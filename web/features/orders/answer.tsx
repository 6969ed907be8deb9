import { useCallback } from 'react';
import { useLoaded } from '../../parts/act.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Asked } from '../../parts/section.tsx';
import type { Quantity } from '../../record/results.ts';
import { useLanguage } from '../../source/language.tsx';
import { loadAnswer, type Item } from './load.ts';
import { questionsIn } from './questions.ts';

function useSaid() {
  const { t, number, day } = useLanguage();
  return (answer: Record<string, unknown>): string => {
    const { valueBoolean, valueInteger, valueDecimal, valueString, valueDate, valueCoding, valueQuantity } = answer;
    if (typeof valueBoolean === 'boolean') return t(valueBoolean ? 'yes' : 'no');
    const counted = valueInteger ?? valueDecimal ?? (valueQuantity as Quantity | undefined)?.value;
    if (typeof counted === 'number') return number(counted);
    if (typeof valueDate === 'string') return day(valueDate);
    const coding = valueCoding as { display?: string; code?: string } | undefined;
    return typeof valueString === 'string' ? valueString : coding?.display ?? coding?.code ?? '';
  };
}

function Items({ items, questions }: { items: readonly Item[]; questions: ReadonlyMap<string, string> }) {
  const said = useSaid();
  return (
    <dl className="order-answers">
      {items.map(({ linkId, text, answer = [], item = [] }) => (
        <div key={linkId}>
          <dt>{text ?? questions.get(linkId ?? '') ?? linkId}</dt>
          {answer.length > 0 && <dd>{answer.map(said).join(', ')}</dd>}
          {[...item, ...answer.flatMap((one) => (one['item'] as Item[] | undefined) ?? [])].length > 0 && <dd><Items items={[...item, ...answer.flatMap((one) => (one['item'] as Item[] | undefined) ?? [])]} questions={questions} /></dd>}
        </div>
      ))}
    </dl>
  );
}

/** What was answered, in the words that the patient saw, and the scores that rest on it. */
export function AnswerDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const { t, moment, language } = useLanguage();
  const said = useSaid();
  const asked = useLoaded(useCallback(() => loadAnswer(id), [id]));
  return (
    <Dialog title={title} onClose={onClose}>
      <Asked asked={asked}>
        {({ answered, questionnaire, scores }) => (
          <>
            <p className="small">{answered.authored && moment(answered.authored)}</p>
            {scores.map((score) => <p key={score.id}><strong>{score.code?.text ?? t('orders.score')}: {said({ valueInteger: score.valueInteger, valueQuantity: score.valueQuantity })}</strong></p>)}
            <Items items={answered.item ?? []} questions={questionsIn(questionnaire?.item, language)} />
          </>
        )}
      </Asked>
    </Dialog>
  );
}
