// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';
import { QueryBoundary } from '../../../components/query_boundary.tsx';
import { Section } from '../../../components/section.tsx';
import { useLanguage } from '../../../translations/language.tsx';
import { PAIN_MOMENTS, summaryOf, type Middle, type PainMoment, type Pains } from './pain.ts';
import { PainLine } from './pain_line.tsx';
import './pain.css';
import { usePain } from './use_pain.ts';

function usePainWords() {
  const { t, day, number } = useLanguage();
  const middle = ({ low, high }: Middle) =>
    low === high ? number(low) : t('painLine.span', { low: number(low), high: number(high) });
  return (points: Pains[PainMoment], today: Date): string => {
    const summary = summaryOf(points, today);
    if (!summary) return t('painLine.none');
    const { last, now, before, change } = summary;
    if (!now) return t('painLine.last', { value: number(last.value), day: day(last.day) });
    const mostly = t('painLine.mostly', { value: middle(now) });
    return before && change ? `${mostly} ${t(`painLine.${change}`, { value: middle(before) })}` : mostly;
  };
}

function Moment({ moment, pains, from }: { moment: PainMoment; pains: Pains; from: string }) {
  const { t } = useLanguage();
  const id = useId();
  const words = usePainWords();
  const points = pains[moment];
  return (
    <section className="pain-line" aria-labelledby={id}>
      <h3 id={id}>{t(`painLine.${moment}`)}</h3>
      <p>{words(points, new Date())}</p>
      {points.length > 0 && <PainLine points={points} from={from} />}
    </section>
  );
}

/** All numbers, a row for each day with an answer. */
function Numbers({ pains }: { pains: Pains }) {
  const { t, day, number } = useLanguage();
  const days = [...new Set(PAIN_MOMENTS.flatMap((moment) => pains[moment].map((point) => point.day)))].sort().reverse();
  const said = (moment: PainMoment, of: string) => pains[moment].find((point) => point.day === of)?.value;
  return (
    <details>
      <summary>{t('progress.numbers')}</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('progress.day')}</th>
            {PAIN_MOMENTS.map((moment) => (
              <th key={moment} scope="col">
                {t(`painLine.short.${moment}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={one}>
              <th scope="row">{day(one)}</th>
              {PAIN_MOMENTS.map((moment) => {
                const value = said(moment, one);
                return <td key={moment}>{value === undefined ? '–' : number(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What the patient said about pain in the last 90 days: before and after exercising, and on the next morning. */
export function PainSection() {
  const { t } = useLanguage();
  return (
    <Section title={t('painLine.title')}>
      <QueryBoundary query={usePain()}>
        {({ value: pains }) => {
          const [first] = PAIN_MOMENTS.flatMap((moment) => pains[moment][0]?.day ?? []).sort();
          return first === undefined ? (
            <p className="note">{t('painLine.empty')}</p>
          ) : (
            <>
              <p className="small">{t('painLine.scale')}</p>
              {PAIN_MOMENTS.map((moment) => (
                <Moment key={moment} moment={moment} pains={pains} from={first} />
              ))}
              <Numbers pains={pains} />
            </>
          );
        }}
      </QueryBoundary>
    </Section>
  );
}
