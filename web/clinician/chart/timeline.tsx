// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { goTo, type Place } from '../../clinical/chart/address.ts';
import { onPoint, pointAt } from './crosshair.ts';
import { useReasonWords } from '../../clinical/flags/reason_words.ts';
import { KINDS, type Day, type TimelineEvent, type Kind } from '../../clinical/chart/days.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { useWidth } from './use_width.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { DAY_MS } from '../../fhir/durations.ts';

const LANE = 22;
const SESSIONS = 64;
const LEFT = 112;
const WHO = {};

// One shape each, because color alone tells not everybody.
const SHAPES: Record<Kind, string> = {
  visit: 'M-5-5h10v10h-10Z',
  questionnaire: 'M0-6 6 0 0 6-6 0Z',
  note: 'M-4-6h8v12h-8Z',
  flag: 'M-5 6v-12l11 4-11 4Z',
  programme: 'M0-6 6 5h-12Z',
  message: 'M0-5a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z',
};

function DayDetails({ day, place, wordsOf }: { day: Day; place: Place; wordsOf: (one: TimelineEvent) => string }) {
  const { t, day: dayWords, counted, number, moment } = useLanguage();
  return (
    <div className="day-told">
      <p>
        <strong>{dayWords(day.day)}</strong> {day.sets.length > 0 && counted('chart.sets', day.sets.length)}{' '}
        {day.prescribed !== undefined && day.sets.length > 0 && (
          <span className="small">{t('chart.askedPerDay', { sets: number(Number(day.prescribed.toFixed(1))) })}</span>
        )}
      </p>
      {day.timelineEvents.length > 0 && (
        <ul className="plain">
          {day.timelineEvents.map((one, i) => (
            <li key={i}>
              <span className="small">{moment(new Date(one.at).toISOString())}</span> {wordsOf(one)}{' '}
              {one.kind === 'flag' && one.active && <Badge tone="bad">{t('chart.flag.open')}</Badge>}
            </li>
          ))}
        </ul>
      )}
      {day.sets.length > 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => goTo({ ...place, tab: 'sessions', day: day.day, set: undefined, beside: undefined })}
        >
          {t('chart.review')}
        </Button>
      )}
    </div>
  );
}

function nearestDay(days: readonly Day[], at: number): number {
  let best = 0;
  days.forEach((day, i) => {
    if (Math.abs(day.at - at) < Math.abs((days[best]?.at ?? 0) - at)) best = i;
  });
  return best;
}

/** What a date takes on the axis of time. */
const TICK = 60;

/** Places ticks on the time axis at round values: as many as there is room for, at most eight. */
function ticksOf(from: number, to: number, width: number): number[] {
  const most = Math.max(1, Math.min(8, Math.floor(width / TICK)));
  const days = (to - from) / DAY_MS;
  const step = [2, 7, 14, 28, 56, 91, 182, 365].find((one) => days / one <= most) ?? 365;
  const first = new Date(from);
  const start = new Date(first.getFullYear(), first.getMonth(), first.getDate() + 1).getTime();
  const ticks: number[] = [];
  for (let at = start; at < to; at += step * DAY_MS) ticks.push(at);
  return ticks;
}

/** What happened when. A slider for who uses keys: from day to day on which something was. */
export function Timeline({
  chart: { days: all, from, now },
  place,
  words,
}: {
  chart: Chart;
  place: Place;
  words: Words;
}) {
  const { t, language, counted, day: dayWords } = useLanguage();
  const { ref, width } = useWidth<HTMLDivElement>();
  const said = useReasonWords((exercise) => words.exercise(exercise, undefined));
  const say = (one: TimelineEvent) =>
    one.reason ? `${t('chart.kind.flag')}: ${said(one.reason)}` : words.happening(one);
  const days = useMemo(() => all.filter(({ at }) => at >= from - DAY_MS), [all, from]);
  const [chosen, setChosen] = useState<number>();
  const shown = days[Math.min(chosen ?? days.length - 1, days.length - 1)];
  useEffect(
    () =>
      onPoint((at) => {
        if (at !== undefined) setChosen(nearestDay(days, at));
      }),
    [days],
  );
  const kinds = KINDS.filter((kind) =>
    days.some(({ timelineEvents }) => timelineEvents.some((one) => one.kind === kind)),
  );
  const height = SESSIONS + kinds.length * LANE + 24;
  const across = (at: number) => LEFT + ((at - from) / Math.max(1, now - from)) * (width - LEFT - 8);
  const bar = Math.max(1, Math.min(14, ((width - LEFT) / Math.max(1, (now - from) / DAY_MS)) * 0.8));
  const dates = new Intl.DateTimeFormat(
    language,
    now - from > 300 * DAY_MS ? { month: 'short', year: '2-digit' } : { day: 'numeric', month: 'short' },
  );

  const choose = (i: number) => {
    const one = days[i];
    if (!one) return;
    setChosen(i);
    pointAt(one.at, WHO);
  };
  const byPointer = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const at =
      from + ((clientX - currentTarget.getBoundingClientRect().left - LEFT) / (width - LEFT - 8)) * (now - from);
    choose(nearestDay(days, at));
  };
  const index = shown ? days.indexOf(shown) : 0;
  const byKey = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: index - 1,
      ArrowDown: index - 1,
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      PageDown: index - 7,
      PageUp: index + 7,
      Home: 0,
      End: days.length - 1,
    }[event.key];
    if (event.key === 'Enter' && shown && shown.sets.length > 0) goTo({ ...place, tab: 'sessions', day: shown.day });
    if (to === undefined) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(days.length - 1, to)));
  };

  if (days.length === 0 || !shown)
    return (
      <div ref={ref}>
        <p className="none">{t('chart.nothingYet')}</p>
      </div>
    );
  const told = [
    dayWords(shown.day),
    ...(shown.sets.length > 0 ? [counted('chart.sets', shown.sets.length)] : []),
    ...shown.timelineEvents.map(say),
  ].join(', ');
  return (
    <div ref={ref} className="timeline">
      <div
        role="slider"
        tabIndex={0}
        aria-label={t('chart.timeline')}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={index}
        aria-valuetext={told}
        onKeyDown={byKey}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true" onPointerMove={byPointer} onPointerDown={byPointer}>
            <text x={0} y={SESSIONS - 24}>
              {t('chart.sessions')}
            </text>
            <line x1={LEFT} x2={width - 8} y1={SESSIONS} y2={SESSIONS} className="axis" />
            {kinds.map((kind, i) => (
              <text key={kind} x={0} y={SESSIONS + (i + 0.7) * LANE}>
                {t(`chart.kind.${kind}`)}
              </text>
            ))}
            {ticksOf(from, now, width - LEFT).map((at) => (
              <g key={at}>
                <line x1={across(at)} x2={across(at)} y1={0} y2={height - 18} className="tick" />
                <text x={across(at)} y={height - 4} textAnchor="middle">
                  {dates.format(new Date(at))}
                </text>
              </g>
            ))}
            <line x1={across(shown.at)} x2={across(shown.at)} y1={0} y2={height - 18} className="chosen" />
            {days.map(
              ({ day, at, sets, share }) =>
                sets.length > 0 && (
                  <rect
                    key={day}
                    className="done"
                    x={across(at) - bar / 2}
                    width={bar}
                    y={SESSIONS - Math.max(4, (share ?? 1) * (SESSIONS - 6))}
                    height={Math.max(4, (share ?? 1) * (SESSIONS - 6))}
                  />
                ),
            )}
            {kinds.map((kind, i) =>
              days.flatMap(({ day, timelineEvents }) =>
                timelineEvents
                  .filter((one) => one.kind === kind)
                  .map((one, j) => (
                    <path
                      key={`${kind} ${day} ${j}`}
                      d={SHAPES[kind]}
                      data-kind={kind}
                      data-active={one.active || undefined}
                      transform={`translate(${across(one.at)} ${SESSIONS + (i + 0.5) * LANE})`}
                    />
                  )),
              ),
            )}
          </svg>
        )}
      </div>
      <DayDetails day={shown} place={place} wordsOf={say} />
    </div>
  );
}
