// SPDX-License-Identifier: Apache-2.0
// The record's restrictions, above the tests: a person decides by them, the page does not.
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { isOpen, notWrong } from '../../clinical/chart/conditions.ts';
import { OpenFlags } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { useLanguage } from '../../translations/language.tsx';
import { isAngle } from '../programme/measures.ts';

const unitOf = (measure: string) => (isAngle(measure) ? 'degree' : 'ratio');

export function Restrictions({ chart, words }: { chart: Chart; words: Words }) {
  const { t } = useLanguage();
  const { standing, prescription, trouble } = chart;
  const programme = prescription?.programme;
  const conditions = standing.conditions.filter((one) => isOpen(one) && notWrong(one));
  const limits = (programme?.rangeLimits ?? []).map(({ measure, side, min, max }) =>
    [
      [words.measure(measure), side && t(`plan.side.${side}`)].filter(Boolean).join(', '),
      min !== null && `≥ ${words.value(min, unitOf(measure), measure)}`,
      max !== null && `≤ ${words.value(max, unitOf(measure), measure)}`,
    ]
      .filter(Boolean)
      .join(' '),
  );
  return (
    <section className="card" aria-label={t('assess.restrictions')}>
      <OpenFlags standing={standing} words={words} />
      <p>
        <strong>{t('assess.restrictions')}:</strong>{' '}
        {conditions.length === 0 ? t('chart.problems.none') : conditions.map(words.problem).join('; ')}
      </p>
      {programme && (
        <p className="facts-line">
          {programme.affectedSide && (
            <Badge tone="careful">{t('plan.affected.is', { side: t(`plan.side.${programme.affectedSide}`) })}</Badge>
          )}
          <Badge tone={programme.weightBearing === 'full' ? 'plain' : 'bad'}>
            {t('chart.bearing', { bearing: t(`plan.bearing.${programme.weightBearing}`) })}
          </Badge>
          {limits.map((limit) => (
            <Badge key={limit} tone="bad">
              {limit}
            </Badge>
          ))}
          {programme.holds.length > 0 && <Badge tone="bad">{t('work.hold')}</Badge>}
        </p>
      )}
      {trouble && <Alert tone="careful">{t('chart.programme.unreadable', { why: trouble })}</Alert>}
    </section>
  );
}
