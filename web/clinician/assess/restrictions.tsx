// SPDX-License-Identifier: Apache-2.0
// The record's restrictions, above the tests: a person decides by them, the page does not.
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { isOpen, notWrong } from '../../clinical/chart/conditions.ts';
import { BearingBadges, OpenFlags } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useLimitWords } from '../programme/words.ts';

export function Restrictions({ chart, words }: { chart: Chart; words: Words }) {
  const { t } = useLanguage();
  const { limit } = useLimitWords();
  const { standing, prescription, trouble } = chart;
  const programme = prescription?.programme;
  const conditions = standing.conditions.filter((one) => isOpen(one) && notWrong(one));
  return (
    <section className="card" aria-label={t('assess.restrictions')}>
      <OpenFlags standing={standing} words={words} />
      <p>
        <strong>{t('assess.restrictions')}:</strong>{' '}
        {conditions.length === 0 ? t('chart.problems.none') : conditions.map(words.problem).join('; ')}
      </p>
      {programme && (
        <p className="facts-line">
          <BearingBadges programme={programme} />
          {programme.rangeLimits.map((one) => (
            <Badge key={limit(one)} tone="bad">
              {limit(one)}
            </Badge>
          ))}
          {programme.holds.length > 0 && <Badge tone="bad">{t('work.hold')}</Badge>}
        </p>
      )}
      {trouble && <Alert tone="careful">{t('chart.programme.unreadable', { why: trouble })}</Alert>}
    </section>
  );
}
