// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { amountIn, shownDifference, unitCode } from '../../fhir/amount.ts';
import { Alert } from '../../components/alert.tsx';
import { Page, Section } from '../../components/section.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { GoalSection } from '../goal/goal_section.tsx';
import { useProgramme } from '../../hooks/use_programme.ts';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords, fileOf } from '../../exercises/exercise_words.ts';
import { arcOf, hasEverydayUse } from './arc/arc.ts';
import { RangeArc } from './arc/range_arc.tsx';
import { Calendar } from './calendar.tsx';
import { WeekCardSection } from './card/week_card_section.tsx';
import { DeedsSection } from './deeds/deeds_section.tsx';
import { FunctionSection } from './function/function_section.tsx';
import type { Range } from '../../fhir/results.ts';
import { streakOf, trendOf, weeksOf, type SetSeen } from './history.ts';
import { PainSection } from './pain/pain_section.tsx';
import { Trend } from './trend.tsx';
import { useHistory } from './use_history.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

/** What the first and the last day of a range say, no more than its uncertainty allows. */
function useRangeWords() {
  const { t } = useLanguage();
  return ({ unit, uncertainty, rising, best }: Range, first: number, last: number) => {
    const code = unitCode(unit);
    const by = Math.abs(shownDifference(first, last, code));
    const [change, sure] = [amountIn(by, code), amountIn(uncertainty, code)];
    // With a limit, farther is not better: nothing here may reward it.
    if (!best) return t('progress.limited');
    return by <= uncertainty
      ? t('progress.same', { uncertainty: sure })
      : t(last > first === rising ? 'progress.up' : 'progress.down', { change, uncertainty: sure });
  };
}

function ExerciseTrend({ id, name, sets }: { id: string; name: string; sets: readonly SetSeen[] }) {
  const { t, counted } = useLanguage();
  const rangeWords = useRangeWords();
  const own = sets.filter(({ exercise }) => exercise === id);
  const ranges = trendOf(sets, id, ({ range }) => range?.value);
  const qualities = trendOf(sets, id, ({ quality }) => quality);
  const { range, measure } = own.findLast((set) => set.range) ?? {};
  const arc = range && arcOf(range, measure, ranges);
  return (
    <Section title={name}>
      <p>{counted('progress.sets', own.length)}</p>
      {ranges.length === 0 && qualities.length === 0 && <p className="note">{t('progress.notMeasured')}</p>}
      {range && ranges.length > 0 && (
        <Trend
          title={t('progress.range')}
          words={
            ranges.length > 1
              ? rangeWords(range, ranges[0]?.value ?? 0, ranges.at(-1)?.value ?? 0)
              : t('progress.firstDay')
          }
          points={ranges}
          unit={range.unit === 'degree' ? '°' : ''}
          digits={range.unit === 'degree' ? 0 : 2}
        >
          {arc && <RangeArc arc={arc} />}
          {arc && hasEverydayUse(range, measure) && <p className="small">{t('arc.use.knee')}</p>}
        </Trend>
      )}
      {qualities.length > 0 && (
        <Trend title={t('progress.quality')} words={t('progress.qualityWhat')} points={qualities} unit="" />
      )}
    </Section>
  );
}

/** What the patient has done in the last weeks, and how the movements have changed. */
export function ProgressPage() {
  const { t, counted, moment } = useLanguage();
  const history = useHistory();
  const { data: loaded, error: unknown } = useProgramme();
  const programme = loaded?.programme;
  const goal = Math.max(1, ...(programme?.exercises ?? []).map(({ daysPerWeek }) => daysPerWeek));
  const names = useMemo(
    () => new Map((programme?.exercises ?? []).map(({ id, json }) => [id, fileOf(json)])),
    [programme],
  );
  const { language } = useLanguage();
  return (
    <Page title={t('progress.title')}>
      <OutboxStatus quiet />
      <QueryBoundary query={history}>
        {({ value: sets, at, failure }) => {
          const weeks = weeksOf(sets, new Date(), goal);
          const streak = streakOf(weeks);
          const exercises = [...new Set(sets.map(({ exercise }) => exercise))];
          return (
            <>
              {failure && (
                <Alert tone="careful" role="status">
                  {t('progress.kept', { when: moment(at) })}
                </Alert>
              )}
              <Section title={t('progress.weeks')}>
                <p>
                  {streak > 0 ? counted('progress.streak', streak) : t('progress.noStreak')}{' '}
                  {counted('progress.goal', goal)}
                </p>
                <Calendar weeks={weeks} />
              </Section>
              {programme && <GoalSection simulated={programme.simulated} />}
              <FunctionSection />
              <DeedsSection />
              <PainSection />
              {sets.length > 0 && <WeekCardSection programme={programme} sets={sets} />}
              {exercises.length === 0 && <p className="note">{t('progress.none')}</p>}
              {/* Their names are the programme's, or of those that are no longer in it the record's. */}
              {(loaded ?? unknown) &&
                exercises.map((id) => {
                  const file = names.get(id);
                  const former = sets.findLast(({ exercise }) => exercise === id)?.name ?? t('progress.former');
                  return (
                    <ExerciseTrend
                      key={id}
                      id={id}
                      name={file ? exerciseWords(file, language).name : former}
                      sets={sets}
                    />
                  );
                })}
            </>
          );
        }}
      </QueryBoundary>
    </Page>
  );
}
