// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';
import type { FunctionScore, ScorePoint } from 'reprise-engine';
import { dayOf } from '../../../fhir/results.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { ScoreLine } from './score_line.tsx';
import './function.css';

type Amount = (value: number) => string;

function useAmountIn() {
  const { t, counted, number } = useLanguage();
  return (unit: string): Amount => {
    if (unit === 's') return (value) => t('function.amount.s', { value: number(value) });
    if (unit === 'm') return (value) => t('function.amount.m', { value: number(value) });
    if (unit === 'cm') return (value) => t('function.amount.cm', { value: number(value) });
    if (unit === 'm/s') return (value) => t('function.amount.m_s', { value: number(value) });
    return (value) =>
      Number.isInteger(value)
        ? counted('function.amount.times', value)
        : t('function.amount.part', { value: number(value) });
  };
}

/** What the first and the latest result say: nothing that the test may vary by itself. */
function useChangeWords() {
  const { t } = useLanguage();
  return ({ change }: FunctionScore, amount: Amount): string => {
    if (!change) return t('function.single');
    const { verdict, by, least } = change;
    if (verdict === 'unknown') return t('function.change.unknown');
    if (verdict === 'same') return t('function.change.same', { least: amount(least ?? 0) });
    return t(`function.change.${verdict}.${by > 0 ? 'more' : 'less'}`, { change: amount(Math.abs(by)) });
  };
}

function Results({ points, amount }: { points: readonly ScorePoint[]; amount: Amount }) {
  const { t, day } = useLanguage();
  const [first, latest] = [points[0], points.at(-1)];
  const of = ({ at, value }: ScorePoint) => (
    <dd>
      <strong>{amount(value)}</strong>
      <span className="small">{day(dayOf(new Date(at)))}</span>
    </dd>
  );
  return (
    <dl>
      {latest && (
        <div>
          <dt>{t('function.latest')}</dt>
          {of(latest)}
        </div>
      )}
      {first && points.length > 1 && (
        <div>
          <dt>{t('function.first')}</dt>
          {of(first)}
        </div>
      )}
    </dl>
  );
}

/** All numbers, the newest first. */
function Numbers({ title, points, amount }: { title: string; points: readonly ScorePoint[]; amount: Amount }) {
  const { t, day } = useLanguage();
  return (
    <details>
      <summary>{t('progress.numbers')}</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('progress.day')}</th>
            <th scope="col">{title}</th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map(({ at, value }) => (
            <tr key={at}>
              <td>{day(dayOf(new Date(at)))}</td>
              <td>{amount(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** A test of function: what for, the latest and the first result, and whether that is a change. */
export function TestCard({ score }: { score: FunctionScore }) {
  const { t } = useLanguage();
  const id = useId();
  const amount = useAmountIn()(score.unit);
  const words = useChangeWords()(score, amount);
  const name = t(`function.test.${score.test}`);
  const title = score.side ? t(`function.side.${score.side}`, { test: name }) : name;
  const { points, change } = score;
  return (
    <section className="score-card" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p className="small">{t(`function.what.${score.test}`)}</p>
      <Results points={points} amount={amount} />
      <p>{words}</p>
      {change?.verdict === 'worse' && <p>{t('function.worried')}</p>}
      {points.length > 1 && <ScoreLine points={points} least={change?.least ?? undefined} />}
      {points.length > 1 && change?.least != null && <p className="small">{t('function.band')}</p>}
      {score.otherwise && <p className="note">{t('function.otherwise')}</p>}
      {points.length > 2 && <Numbers title={title} points={points} amount={amount} />}
    </section>
  );
}

/** A questionnaire's score: only its clinic knows which direction is better, and by how much it must change. */
export function QuestionnaireCard({ name, points }: { name: string; points: readonly ScorePoint[] }) {
  const { t, number } = useLanguage();
  const id = useId();
  return (
    <section className="score-card" aria-labelledby={id}>
      <h3 id={id} dir="auto">
        {name}
      </h3>
      <Results points={points} amount={number} />
      {points.length > 1 && <ScoreLine points={points} />}
      <p className="small">{t('function.asYourClinic')}</p>
      {points.length > 2 && <Numbers title={name} points={points} amount={number} />}
    </section>
  );
}
