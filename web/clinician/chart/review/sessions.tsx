// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Badge } from '../../../components/badge.tsx';
import { Section } from '../../../components/section.tsx';
import { useLanguage } from '../../../translations/language.tsx';
import { goTo, type Place } from '../../../clinical/chart/address.ts';
import { prescribedOn, type Adherence, type PrescribedThen } from '../../../clinical/chart/adherence.ts';
import { isSimulated } from '../../../fhir/people.ts';
import { MOMENTS } from '../../../clinical/chart/series.ts';
import type { Chart } from '../../../clinical/chart/use_chart.ts';
import type { Words } from '../../../clinical/chart/words.ts';
import { loadDay, type DayReview, type ReviewedSet } from './load_day.ts';
import { SetReview } from './set_review.tsx';
import { QueryBoundary } from '../../../components/query_boundary.tsx';
import { queryKeys } from '../../../data/query_keys.ts';

const STOPS = ['pain', 'warning-sign', 'unsafe', 'own-choice', 'technical'] as const;

function SetRow({
  set,
  prescribed,
  chosen,
  place,
  words,
}: {
  set: ReviewedSet;
  prescribed: PrescribedThen | undefined;
  chosen: boolean;
  place: Place;
  words: Words;
}) {
  const { t } = useLanguage();
  const { language } = useLanguage();
  const fewer = set.repetitions !== undefined && prescribed !== undefined && set.repetitions < prescribed.repetitions;
  const stop = STOPS.find((one) => one === set.stopped);
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(set.at));
  return (
    <tr data-chosen={chosen || undefined}>
      <td>
        {time}
        {set.ahead && (
          <>
            {' '}
            <Badge tone="careful">{t('chart.trouble.future')}</Badge>
          </>
        )}
      </td>
      <td>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-pressed={chosen}
          onClick={() => goTo({ ...place, day: set.day, set: set.id, beside: undefined })}
        >
          {[words.exercise(set.exercise, set.name), words.side(set.side)].filter(Boolean).join(', ')}
        </Button>
      </td>
      <td>
        {set.repetitions === undefined
          ? t('chart.notMeasured')
          : prescribed
            ? t('chart.ofPrescribed', { done: set.repetitions, prescribed: prescribed.repetitions })
            : set.repetitions}
        {set.hold_s !== undefined && (
          <span className="small"> {t('chart.held', { seconds: set.hold_s.toFixed(0) })}</span>
        )}
        {fewer && (
          <>
            {' '}
            <Badge tone="careful">{t('chart.fewer')}</Badge>
          </>
        )}
      </td>
      <td>
        {set.ranges.length === 0
          ? t('chart.notMeasured')
          : set.ranges
              .map(({ side, value, unit, measure, uncertainty }) => {
                const other = side && side !== set.side ? `${words.side(side)} ` : '';
                return `${other}${words.value(value, unit, measure, uncertainty)}`;
              })
              .join(', ')}
      </td>
      <td>{set.quality?.toFixed(0) ?? t('chart.notMeasured')}</td>
      <td>{stop ? t(`chart.stop.${stop}`) : set.complete ? t('chart.toTheEnd') : t('chart.stopped')}</td>
      <td>
        {set.recording ? (
          <Badge tone="good">{t('chart.recorded')}</Badge>
        ) : (
          t(set.byHand ? 'chart.byHand' : 'chart.notRecorded')
        )}
      </td>
    </tr>
  );
}

function Day({
  review,
  adherence,
  place,
  words,
}: {
  review: DayReview;
  adherence: Adherence | undefined;
  place: Place;
  words: Words;
}) {
  const { t, moment } = useLanguage();
  if (review.sets.length === 0) return <p className="none">{t('chart.noSets')}</p>;
  return (
    <>
      <div className="wide" tabIndex={0} role="region" aria-label={t('chart.setsOfDay')}>
        <table className="table sets">
          <thead>
            <tr>
              {(['time', 'exercise', 'count', 'range', 'quality', 'end', 'recording'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`chart.set.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {review.sets.map((set) => (
              <SetRow
                key={set.id}
                set={set}
                prescribed={adherence && prescribedOn(adherence, set.ownDay, set.request)}
                chosen={set.id === place.set}
                place={place}
                words={words}
              />
            ))}
          </tbody>
        </table>
      </div>
      {review.pains.length > 0 && (
        <p className="small">
          {t('chart.pain')}:{' '}
          {review.pains
            .map(
              ({ at, moment: when, value }) =>
                `${t(`chart.pain.${MOMENTS.find((one) => one === when) ?? 'unsaid'}`)} ${value} (${moment(at)})`,
            )
            .join('; ')}
        </p>
      )}
    </>
  );
}

/** One day after the other: its sets, and one of them from near. `refuse`: told of failures that close the chart. */
export function Sessions({
  chart,
  place,
  words,
  refuse,
}: {
  chart: Chart;
  place: Place;
  words: Words;
  refuse: (error: Error) => void;
}) {
  const { t, day: dayWords } = useLanguage();
  const days = [...new Set(chart.series.sets.map(({ day }) => day))];
  const day = place.day ?? chart.series.sets.findLast(({ ahead }) => !ahead)?.day ?? days.at(-1);
  const query = useQuery({
    queryKey: queryKeys.day(place.id, day ?? ''),
    queryFn: () => loadDay(place.id, day ?? ''),
    enabled: day !== undefined,
    placeholderData: keepPreviousData,
  });
  const { error, data } = query;
  useEffect(() => {
    if (error) refuse(error);
  }, [error, refuse]);
  if (day === undefined)
    return (
      <Section title={t('chart.tab.sessions')}>
        <p className="none">{t('chart.nothingYet')}</p>
      </Section>
    );
  const listed = days.includes(day) ? days : [...days, day].sort();
  const at = listed.indexOf(day);
  const to = (other: string | undefined) => other && goTo({ ...place, day: other, set: undefined, beside: undefined });
  const set = data?.sets.find(({ id }) => id === place.set);
  return (
    <>
      <Section
        title={dayWords(day)}
        action={
          <div className="actions">
            <Button size="xs" variant="default" disabled={at <= 0} onClick={() => to(listed[at - 1])}>
              {t('chart.dayBefore')}
            </Button>
            <NativeSelect
              size="sm"
              aria-label={t('chart.day')}
              value={day}
              data={[...listed].reverse().map((one) => ({ value: one, label: dayWords(one) }))}
              onChange={(event) => to(event.currentTarget.value)}
            />
            <Button size="xs" variant="default" disabled={at >= listed.length - 1} onClick={() => to(listed[at + 1])}>
              {t('chart.dayAfter')}
            </Button>
          </div>
        }
      >
        <QueryBoundary query={query}>
          {(review) => <Day review={review} adherence={chart.adherence} place={place} words={words} />}
        </QueryBoundary>
        {data && data.sets.length > 0 && !set && <p className="note">{t('chart.chooseSet')}</p>}
      </Section>
      {set && (
        <SetReview key={set.id} place={place} set={set} words={words} simulated={isSimulated(chart.standing.patient)} />
      )}
    </>
  );
}
