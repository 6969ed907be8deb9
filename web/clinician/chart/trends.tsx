// SPDX-License-Identifier: Apache-2.0
import { useMemo, type ReactNode } from 'react';
import { amountIn, unitCode } from '../../fhir/amount.ts';
import { Section } from '../../components/section.tsx';
import { useAmount } from '../../hooks/use_amount.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Numbers } from './numbers.tsx';
import { Plot, type Level, type Line } from './plot.tsx';
import { isBegun, isJudged } from '../../clinical/chart/adherence.ts';
import type { Measurable } from '../../clinical/chart/goals.ts';
import { limitsFor } from '../../clinical/chart/order_for.ts';
import { isFirst, SENSED_KINDS } from '../../fhir/sensed.ts';
import { sensedMethod, sensedPart } from '../../clinical/chart/sensed_words.ts';
import { MOMENTS, sound, type Point, type RangeSeries, type SensedSeries } from '../../clinical/chart/series.ts';
import { Signals } from './signals/signals.tsx';
import { useSwamped } from './swamped.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { DAY_MS } from '../../fhir/durations.ts';

interface TrendProps {
  title: string;
  note?: ReactNode;
  lines: readonly Line[];
  chart: Chart;
  unit?: string;
  digits?: number;
  levels?: readonly Level[];
  least?: number;
  most?: number;
  bars?: boolean;
  /** When the programme changed. */
  changes?: readonly number[];
  height?: number;
  children?: ReactNode;
}

const NO_LEVELS: readonly Level[] = [];

/** A picture with its numbers. Points that cannot be drawn are counted in words. */
function Trend({
  title,
  note,
  lines,
  chart: { from, now },
  unit = '',
  digits = 0,
  levels = NO_LEVELS,
  bars = false,
  children,
  ...scale
}: TrendProps) {
  const { t, counted } = useLanguage();
  const shown = lines.map(({ points }) => points.filter(({ at }) => at >= from));
  const odd = shown.flat().filter(({ trouble }) => trouble !== undefined).length;
  const any = shown.some((points) => sound(points).length > 0);
  return (
    <section className="trend-card">
      <h3>{title}</h3>
      {(note || levels.length > 0) && (
        <p className="small">
          {note}{' '}
          {levels.map(({ label, kind }) => (
            <span key={label} className="level" data-kind={kind}>
              {label}
            </span>
          ))}
        </p>
      )}
      {lines.length > 1 && (
        <p className="small legend">
          {lines.map(({ label }, i) => (
            <span key={label} data-line={i + 1}>
              {label}
            </span>
          ))}
        </p>
      )}
      {any ? (
        <Plot
          label={t('chart.picture', { title })}
          lines={lines}
          from={from}
          to={now}
          unit={unit}
          digits={digits}
          levels={levels}
          bars={bars}
          {...scale}
        />
      ) : (
        <p className="none">{t('chart.noneInRange')}</p>
      )}
      {odd > 0 && <p className="small odd">{counted('chart.odd', odd)}</p>}
      {shown.some((points) => points.length > 0) && (
        <Numbers lines={lines.map(({ label }, i) => ({ label, points: shown[i] ?? [] }))} unit={unit} digits={digits} />
      )}
      {children}
    </section>
  );
}

/** A measure in words, with the direction that is better once that is known. */
function useNote(chart: Chart) {
  const { t } = useLanguage();
  return (words: readonly string[], of: Measurable) =>
    [...words, ...(chart.better ? [t(`chart.better.${chart.better(of)}`)] : [])].join(', ');
}

const measured = (kind: Measurable['kind'], points: readonly Point[]): Measurable => ({
  key: '',
  kind,
  coding: [],
  unit: '',
  rising: true,
  points,
});

function QualityTrend({ title, points, chart }: { title?: string; points: readonly Point[]; chart: Chart }) {
  const { t } = useLanguage();
  const note = useNote(chart);
  const lines = useMemo(() => [{ label: t('chart.quality'), points }], [points, t]);
  const what = t('chart.quality.what');
  return title === undefined ? (
    <Trend
      title={t('chart.quality')}
      note={note([what], measured('quality', points))}
      lines={lines}
      chart={chart}
      least={0}
      most={100}
      height={110}
    />
  ) : (
    <Trend
      title={title}
      note={note([t('chart.quality'), what], measured('quality', points))}
      lines={lines}
      chart={chart}
      least={0}
      most={100}
    />
  );
}

/** As of a goal or a report. */
const measurableOf = ({ exercise, side, measure, rising, unit, points }: RangeSeries): Measurable => ({
  ...measured('range', points),
  unit: unitCode(unit),
  exercise,
  side,
  measure,
  rising,
});

function RangeTrend({
  series,
  quality,
  chart,
  words,
}: {
  series: RangeSeries;
  quality: readonly Point[] | undefined;
  chart: Chart;
  words: Words;
}) {
  const { t } = useLanguage();
  const { unit: unitName } = useAmount();
  const { exercise, name, side, measure, unit, limited, points } = series;
  const code = unitCode(unit);
  const called = words.measure(measure);
  const lines = useMemo(() => [{ label: called, points }], [points, called]);
  const { target, ceiling = null } = limitsFor(chart.prescription, series) ?? {};
  const levels = useMemo((): Level[] => {
    return [
      ...(target === undefined
        ? []
        : [{ label: t('chart.target', { value: amountIn(target, code) }), value: target, kind: 'target' as const }]),
      ...(ceiling === null
        ? []
        : [
            { label: t('chart.ceiling', { value: amountIn(ceiling, code) }), value: ceiling, kind: 'ceiling' as const },
          ]),
    ];
  }, [target, ceiling, code, t]);
  const title = [words.exercise(exercise, name), words.side(side)].filter(Boolean).join(', ');
  const own = measurableOf(series);
  const swamped = useSwamped(chart)(own);
  const note = useNote(chart);
  if (swamped !== undefined) {
    return (
      <section className="trend-card">
        <h3>{title}</h3>
        <p className="small">{note([called], own)}</p>
        <p>{swamped}</p>
        <Numbers
          lines={[{ label: called, points: points.filter(({ at }) => at >= chart.from) }]}
          unit={unit === 'degree' ? '°' : ''}
          digits={unit === 'degree' ? 0 : 2}
        />
        {quality && <QualityTrend points={quality} chart={chart} />}
      </section>
    );
  }
  const ofOne = limited ? 'chart.meanOfSet' : 'chart.bestOfSet';
  const ofSet = measure === 'muscle_activity' ? 'chart.meanTension' : ofOne;
  const measured = code === '1' ? `${called} (${unitName(code, measure)})` : called;
  return (
    <Trend
      title={title}
      chart={chart}
      lines={lines}
      levels={levels}
      note={`${note([measured], own)}, ${t(ofSet)}`}
      unit={unit === 'degree' ? '°' : ''}
      digits={unit === 'degree' ? 0 : 2}
    >
      {quality && <QualityTrend points={quality} chart={chart} />}
    </Trend>
  );
}

function AdherenceTrend({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const { adherence, now } = chart;
  const lines = useMemo(() => {
    const points = (ofRunning: boolean) =>
      (adherence?.weeks ?? []).flatMap(({ monday, percent, running }): Point[] =>
        percent === null || running !== ofRunning
          ? []
          : [{ at: Math.min(Date.parse(`${monday}T12:00`) + 3 * DAY_MS, now), value: percent }],
      );
    const soFar = points(true);
    return [
      { label: t('chart.adherence.weeks'), points: points(false) },
      ...(soFar.length > 0 ? [{ label: t('chart.adherence.soFar'), points: soFar }] : []),
    ];
  }, [adherence, now, t]);
  const changes = useMemo(
    () => (adherence?.stretches ?? []).filter(({ changed }) => changed).map(({ from }) => Date.parse(`${from}T00:00`)),
    [adherence],
  );
  if (!isJudged(adherence))
    return (
      <section className="trend-card">
        <h3>{t('chart.adherence')}</h3>
        <p className="none">{t(isBegun(adherence) ? 'chart.adherence.tooEarly' : 'chart.adherence.unknown')}</p>
      </section>
    );
  return (
    <Trend
      title={t('chart.adherence')}
      note={t('chart.adherence.what')}
      lines={lines}
      chart={chart}
      unit="%"
      least={0}
      most={100}
      bars
      changes={changes}
    />
  );
}

function PainTrend({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const note = useNote(chart);
  const { pain } = chart.series;
  const limits = chart.prescription?.programme.limits;
  const lines = useMemo(
    () =>
      MOMENTS.flatMap((moment) => {
        const points = pain.get(moment);
        return points ? [{ label: t(`chart.pain.${moment}`), points }] : [];
      }),
    [pain, t],
  );
  const levels = useMemo(
    (): Level[] =>
      limits
        ? [{ label: t('chart.painLimit', { value: limits.painStop }), value: limits.painStop, kind: 'ceiling' }]
        : [],
    [limits, t],
  );
  return lines.length === 0 ? null : (
    <Trend
      title={t('chart.pain')}
      note={note([t('chart.pain.what')], measured('pain', []))}
      lines={lines}
      levels={levels}
      chart={chart}
      least={0}
      most={10}
    />
  );
}

function ScoreTrend({ name, points, chart }: { name: string; points: readonly Point[]; chart: Chart }) {
  const { t } = useLanguage();
  const lines = useMemo(() => [{ label: name, points }], [name, points]);
  // A band of norms or a least change that matters is drawn where docs/sources.md has one that was read: none is there.
  return <Trend title={name} note={t('chart.noReference')} lines={lines} chart={chart} digits={1} />;
}

function EffortTrend({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const { effort } = chart.series;
  const lines = useMemo(() => [{ label: t('chart.effort'), points: effort }], [effort, t]);
  return effort.length === 0 ? null : (
    <Trend title={t('chart.effort')} note={t('chart.effort.what')} lines={lines} chart={chart} least={0} most={10} />
  );
}

/** `told`: the measure has values by other methods, too. */
function SensedTrend({ series, told, chart }: { series: SensedSeries; told: boolean; chart: Chart }) {
  const { t } = useLanguage();
  const { measure, part, method, unit, lines: sides } = series;
  const title = [t(`sensed.measure.${measure}`), sensedPart(part, t), told && sensedMethod(method, t)]
    .filter(Boolean)
    .join(', ');
  const lines = useMemo(
    () =>
      sides.map(({ side, part: of, points }) => ({
        label: [sensedPart(of, t), side && t(`chart.side.${side}`)].filter(Boolean).join(', ') || title,
        points,
      })),
    [sides, t, title],
  );
  const isRange = sides.some(({ part: of }) => of === 'at_least' || of === 'at_most');
  return (
    <Trend
      title={title}
      note={isRange ? t('sensed.range') : undefined}
      lines={lines}
      chart={chart}
      unit={unit && ` ${unit}`}
      digits={digitsFor(sides)}
    />
  );
}

const isOfOne = (a: SensedSeries, b: SensedSeries) => a.kind === b.kind && a.measure === b.measure && a.part === b.part;

/** So many that the newest value shows three figures; none where all are whole. */
function digitsFor(lines: SensedSeries['lines']) {
  if (lines.every(({ points }) => points.every(({ value }) => Number.isInteger(value)))) return 0;
  const newest = Math.abs(lines[0]?.points.at(-1)?.value ?? 0);
  return newest >= 100 ? 0 : newest >= 10 ? 1 : 2;
}

/** By a camera, read off or typed in. */
const WITHOUT_SENSORS: ReadonlySet<string> = new Set(['range_of_motion', 'posture', 'work_load']);

/** What sensors measured, by the kind of measurement: the main measures, the others on demand. */
export function SensedTrends({ chart }: { chart: Chart }) {
  const { t, counted } = useLanguage();
  const { sensed } = chart.series;
  const cards = (some: readonly SensedSeries[]) => (
    <div className="trends">
      {some.map((series) => (
        <SensedTrend
          key={`${series.measure} ${series.part ?? ''} ${series.method ?? ''}`}
          series={series}
          told={sensed.some((one) => one !== series && isOfOne(one, series))}
          chart={chart}
        />
      ))}
    </div>
  );
  return SENSED_KINDS.map((kind) => {
    const all = sensed.filter((one) => one.kind === kind);
    const others = all.filter(({ measure }) => !isFirst(measure));
    return all.length === 0 ? null : (
      <Section
        key={kind}
        title={t(WITHOUT_SENSORS.has(kind) ? 'sensed.title.measured' : 'sensed.title', {
          kind: t(`sensed.kind.${kind}`),
        })}
      >
        <p className="small">{t('sensed.noted')}</p>
        {cards(all.filter(({ measure }) => isFirst(measure)))}
        {others.length > 0 && (
          <details>
            <summary>{counted('sensed.more', others.length)}</summary>
            {cards(others)}
          </details>
        )}
        <Signals patient={chart.standing.patient.id ?? ''} kind={kind} />
      </Section>
    );
  });
}

export function Trends({ chart, words }: { chart: Chart; words: Words }) {
  const { ranges, quality, scores, sets } = chart.series;
  const unranged = [...quality].filter(([exercise]) => !ranges.some((series) => series.exercise === exercise));
  return (
    <div className="trends">
      <AdherenceTrend chart={chart} />
      <PainTrend chart={chart} />
      {ranges.map((series) => (
        <RangeTrend
          key={`${series.exercise} ${series.side ?? ''} ${series.measure ?? ''}`}
          series={series}
          chart={chart}
          words={words}
          quality={
            ranges.find(({ exercise }) => exercise === series.exercise) === series
              ? quality.get(series.exercise)
              : undefined
          }
        />
      ))}
      {unranged.map(([exercise, points]) => (
        <QualityTrend
          key={exercise}
          title={words.exercise(exercise, sets.find((set) => set.exercise === exercise)?.name)}
          points={points}
          chart={chart}
        />
      ))}
      <EffortTrend chart={chart} />
      {[...scores].map(([code, { name, points }]) => (
        <ScoreTrend key={code} name={name} points={points} chart={chart} />
      ))}
    </div>
  );
}
