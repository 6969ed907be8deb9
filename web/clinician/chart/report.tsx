// SPDX-License-Identifier: Apache-2.0
import { useRef, type ReactNode } from 'react';
import { amountIn, doubtOf, unitCode, verdictOf } from '../../fhir/amount.ts';
import { useAmount } from '../../hooks/use_amount.ts';
import { doseOf, useDose } from '../../exercises/dose.ts';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Printing } from '../../components/printing.tsx';
import { HandoutButton } from '../../paper/handout/handout_button.tsx';
import { Section } from '../../components/section.tsx';
import { dayOf } from '../../fhir/results.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { useMeasurableWords } from '../../clinical/chart/measurable_words.ts';
import { isOpenGoal, useMeasurables } from './goals_section.tsx';
import {
  changeOf,
  dailyOf,
  measurablesOf,
  measuredBy,
  progressOf,
  type Measurable,
} from '../../clinical/chart/goals.ts';
import { isOpen, notWrong } from '../../clinical/chart/conditions.ts';
import { useWho } from '../../clinical/chart/header.tsx';
import type { History } from '../../clinical/chart/load.ts';
import type { Level } from './plot.tsx';
import { limitsFor } from '../../clinical/chart/order_for.ts';
import { nameOf } from '../../fhir/people.ts';
import { COLORS } from '../../design/colors.ts';
import { Sketch, type Scale } from './sketch.tsx';
import { useSwamped } from './swamped.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';

/** Of its drawings, in a file that stands alone. */
const STYLE =
  '.report-trends{display:grid;grid-template-columns:1fr 1fr;gap:1rem}figure{margin:0}svg{width:100%}' +
  `polyline{fill:none;stroke:${COLORS.accent};stroke-width:1.5}.edge{fill:none;stroke:#ccc}` +
  `.doubt{stroke:${COLORS.accent};opacity:.3}.level-line{stroke:${COLORS.lineTarget};stroke-dasharray:6 4}` +
  `.level-line[data-kind=ceiling]{stroke:${COLORS.lineCeiling};stroke-dasharray:none}text{font-size:12px}` +
  'figure{break-inside:avoid}h3,.legend-line{break-after:avoid}figure:nth-last-child(-n+2){break-before:avoid}';

/** Of what has ends. */
const SCALES: Partial<Record<Measurable['kind'], Scale>> = {
  pain: { least: 0, most: 10 },
  effort: { least: 0, most: 10 },
  quality: { least: 0, most: 100 },
};

function levelsFor(one: Measurable, { prescription }: Chart): Level[] {
  const limits = one.kind === 'range' ? limitsFor(prescription, one) : undefined;
  if (!limits) return [];
  return [
    { label: '', value: limits.target, kind: 'target' as const },
    ...(limits.ceiling === null ? [] : [{ label: '', value: limits.ceiling, kind: 'ceiling' as const }]),
  ];
}

/** Each measure as a small drawing, or in words where a drawing would only show the noise. */
function Drawings({ chart, all, words }: { chart: Chart; all: readonly Measurable[]; words: Words }) {
  const { t } = useLanguage();
  const called = useMeasurableWords(words);
  const swamped = useSwamped(chart);
  const { from, now } = chart;
  return (
    <div className="report-trends">
      {all.map((one) => (
        <figure key={one.key}>
          <figcaption>{called(one)}</figcaption>
          {swamped(one) ?? (
            <Sketch
              points={dailyOf([one], from, one.rising)}
              from={from}
              to={now}
              levels={levelsFor(one, chart)}
              scale={SCALES[one.kind]}
              amount={(value) => amountIn(value, one.unit)}
              label={t('chart.report.sketch', { name: called(one) })}
            />
          )}
        </figure>
      ))}
    </div>
  );
}

function Changes({ chart, all, words }: { chart: Chart; all: readonly Measurable[]; words: Words }) {
  const { t, day } = useLanguage();
  const called = useMeasurableWords(words);
  const { amount, change: changed } = useAmount();
  const rows = all.flatMap((one) => {
    const change = changeOf([one], chart.from, one.rising);
    return change ? [{ one, change }] : [];
  });
  if (rows.length === 0) return <p className="none">{t('chart.noneInRange')}</p>;
  const dayWords = (at: number) => day(dayOf(new Date(at)));
  return (
    <div className="wide" tabIndex={0} role="region" aria-label={t('chart.report.changes')}>
      <table className="table">
        <thead>
          <tr>
            {(['what', 'first', 'now', 'change', 'days'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`chart.report.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ one, change: { first, now, from, at, uncertainty, uncertaintyAtFirst, days } }) => {
            const doubt = doubtOf(uncertainty, uncertaintyAtFirst);
            const better = chart.better?.(one);
            const verdict = better && verdictOf(first, now, one.unit, doubt, better);
            return (
              <tr key={one.key}>
                <td>
                  {called(one)} {better && <span className="small">{t(`chart.better.${better}`)}</span>}
                </td>
                <td>
                  {amount(first, one.unit, one.measure)} <span className="small">{dayWords(from)}</span>
                </td>
                <td>
                  {amount(now, one.unit, one.measure)} <span className="small">{dayWords(at)}</span>
                </td>
                <td>
                  {changed(first, now, one.unit, one.measure, doubt)}
                  {verdict && verdict !== 'same' && (
                    <>
                      : <strong>{t(`chart.verdict.${verdict}`)}</strong>
                    </>
                  )}
                </td>
                <td>{days}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Goals({ chart, history }: { chart: Chart; history: History }) {
  const { t, day } = useLanguage();
  const open = chart.standing.goals.filter(isOpenGoal);
  const { data: all } = useMeasurables(chart, history, open);
  const { amount } = useAmount();
  if (open.length === 0) return <p>{t('chart.goals.none')}</p>;
  return (
    <ul className="plain">
      {open.map((goal) => {
        const progress = all ? progressOf(goal, all) : 'nothing-yet';
        const target = goal.target?.[0];
        const measure = target && all && measuredBy(target, all)[0]?.measure;
        return (
          <li key={goal.id}>
            {goal.description?.text}
            {target?.dueDate && ` (${t('chart.goal.until', { day: day(target.dueDate) })})`}:{' '}
            {typeof progress === 'string'
              ? t(`chart.goal.${progress}`)
              : t('chart.goal.numbers', {
                  first: amount(progress.first, progress.unit, measure),
                  now: amount(progress.now, progress.unit, measure),
                  target: amount(progress.target, progress.unit, measure),
                  percent: Math.round(progress.share * 100),
                })}
          </li>
        );
      })}
    </ul>
  );
}

/** What a referrer gets: printed, saved as a PDF by the browser's printing, or as a file of its own. */
export function Report({ chart, history, words }: { chart: Chart; history: History; words: Words }) {
  const { t, day, number, moment } = useLanguage();
  const { account } = useAccount();
  const who = useWho(chart.standing);
  const dose = useDose();
  const { amount } = useAmount();
  const paper = useRef<HTMLElement>(null);
  const { standing, series, from, now, adherence, prescription } = chart;
  const all = measurablesOf(series).filter(({ points }) => points.some(({ at }) => at >= from));
  const author =
    standing.people.map((person) => (person.id === account.person ? nameOf(person) : undefined)).find(Boolean) ??
    account.name;
  const weeks = (adherence?.weeks ?? []).filter(({ running, percent }) => !running && percent !== null).length;
  const open = standing.conditions.filter((one) => isOpen(one) && notWrong(one));
  return (
    <>
      <Section title={t('chart.tab.report')}>
        <Printing
          paper={paper}
          file={`${t('chart.report.file')}-${dayOf(new Date())}`}
          title={t('chart.report.title', { name: who.name })}
          owner={who.line}
          style={STYLE}
          beside={<HandoutButton programme={prescription?.programme} />}
        />
        <p className="note">{t('chart.report.how')}</p>
      </Section>
      <article className="card report" ref={paper}>
        <h2>{t('chart.report.title', { name: who.name })}</h2>
        <p>
          {who.said} {who.simulated && <Badge tone="careful">{t('chart.simulated')}</Badge>}
        </p>
        <p>
          {t('chart.report.range', { from: day(dayOf(new Date(from))), to: day(dayOf(new Date(now))) })}.{' '}
          {t('chart.report.by', { name: author, when: moment(new Date().toISOString()) })}
          {prescription?.programme.clinic.name && `, ${prescription.programme.clinic.name}`}
        </p>
        <Alert tone="careful">{t('chart.report.unreviewed')}</Alert>
        <Part title={t('chart.problems')}>
          {open.length === 0 ? (
            <p>{t('chart.problems.none')}</p>
          ) : (
            <ul className="plain">
              {open.map((one) => (
                <li key={one.id}>{[words.problem(one), one.code?.coding?.[0]?.code].filter(Boolean).join(', ')}</li>
              ))}
            </ul>
          )}
        </Part>
        <Part title={t('chart.programme')}>
          {prescription ? (
            <ul className="plain">
              {prescription.exercises.map(({ order, facts, file }) => (
                <li key={order.request}>
                  {[
                    words.exercise(order.id, file.id),
                    dose(doseOf({ order })),
                    ...(facts.ceiling === null
                      ? []
                      : [t('chart.ceiling', { value: amount(facts.ceiling, unitCode(facts.unit), facts.measure) })]),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </li>
              ))}
            </ul>
          ) : (
            <p>{t('chart.programme.none')}</p>
          )}
          <p>
            {adherence?.mean == null
              ? t('chart.adherence.unknown')
              : t('chart.report.adherence', { percent: number(Math.round(adherence.mean)), weeks })}
          </p>
        </Part>
        <Part title={t('chart.report.changes')}>
          <Changes chart={chart} all={all} words={words} />
          <p className="small">{t('chart.report.changesHow')}</p>
        </Part>
        <Part title={t('chart.goals')}>
          <Goals chart={chart} history={history} />
        </Part>
        <Part title={t('chart.trends')}>
          <p className="small legend-line">{t('chart.report.legend')}</p>
          <Drawings chart={chart} all={all} words={words} />
        </Part>
      </article>
    </>
  );
}
