// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Programme as OfEngine } from 'reprise-engine';
import { unitCode } from '../../fhir/amount.ts';
import { useAmount } from '../../hooks/use_amount.ts';
import { doseOf, useDose } from '../../exercises/dose.ts';
import { Link } from '../../components/link.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { consentAnswer, type ConsentCode } from '../../fhir/consents.ts';
import { useWhoWords } from '../../components/who.tsx';
import { RemindersFact } from './reminders_fact.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { FlagDialog } from '../flags/flag_dialog.tsx';
import { useReasonWords } from '../flags/reason_words.ts';
import { reasonOf, sleeps, together } from '../flags/worklist.ts';
import type { Standing } from './load.ts';
import { ageOn, isSimulated, nameOf, whoIs } from '../../fhir/people.ts';
import { isOpen, notWrong } from './conditions.ts';
import type { Chart } from './use_chart.ts';
import type { Words } from './words.ts';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ConsentFact({ standing, kind }: { standing: Standing; kind: ConsentCode }) {
  const { t, moment } = useLanguage();
  const { state, at } = consentAnswer(standing.consents, kind);
  return (
    <Fact name={t(`chart.consent.${kind}`)}>
      <Badge tone={state === 'yes' ? 'good' : 'careful'}>{t(`chart.consent.${state}`)}</Badge>
      {at && <span className="small"> {moment(at)}</span>}
    </Fact>
  );
}

export function OpenFlags({ standing, words }: { standing: Standing; words: Words }) {
  const { t, moment } = useLanguage();
  const [deciding, setDeciding] = useState(false);
  const said = useReasonWords((exercise) => words.exercise(exercise, undefined));
  const open = together(standing.flags.filter(({ status }) => status === 'active').map(reasonOf));
  if (open.length === 0) return null;
  const now = Date.now();
  const snoozed = open.filter((one) => sleeps(one, now));
  return (
    <div className="notice" data-tone="bad">
      <strong>{t('chart.flags')}</strong>
      <ul className="plain flags">
        {open.map((reason) => {
          const { flag, raised, hold, snoozedUntil: until } = reason;
          return (
            <li key={flag}>
              {said(reason)}
              {raised && `, ${moment(raised)}`}
              {until && snoozed.includes(reason) && ` (${t('chart.flag.snoozed', { until: moment(until) })})`}
              {hold === 'on' && ` · ${t('work.hold')}`}
            </li>
          );
        })}
      </ul>
      <div className="actions unprinted">
        <Button variant="default" size="sm" onClick={() => setDeciding(true)}>
          {t('work.decide')}
        </Button>
      </div>
      {deciding && (
        <FlagDialog
          row={{ ...whoIs(standing.patient), reasons: open.filter((one) => !snoozed.includes(one)), snoozed }}
          words={said}
          onClose={() => setDeciding(false)}
          onDone={async () => {
            setDeciding(false);
            await reload(queryKeys.chart(standing.patient.id ?? ''));
          }}
        />
      )}
    </div>
  );
}

/** The affected side, and how much weight it may bear. */
export function BearingBadges({ programme }: { programme: OfEngine }) {
  const { t, number } = useLanguage();
  return (
    <>
      {programme.affectedSide && (
        <Badge tone="careful">{t('plan.affected.is', { side: t(`plan.side.${programme.affectedSide}`) })}</Badge>
      )}
      <Badge tone={programme.weightBearing === 'full' ? 'plain' : 'bad'}>
        {t('chart.bearing', { bearing: t(`plan.bearing.${programme.weightBearing}`) })}
      </Badge>
      {programme.loadLimit && (
        <Badge tone="bad">
          {programme.affectedSide &&
            programme.affectedSide !== 'both' &&
            `${t(`load.leg.${programme.affectedSide}`)}: `}
          {t(programme.loadLimit.helper ? 'plan.load.is.helper' : 'plan.load.is', {
            limit: `${number(programme.loadLimit.amount)} ${programme.loadLimit.unit}`,
            mass: number(programme.loadLimit.bodyMass_kg),
          })}
        </Badge>
      )}
    </>
  );
}

function Programme({ chart, words }: { chart: Chart; words: Words }) {
  const { t, day } = useLanguage();
  const dose = useDose();
  const { amount } = useAmount();
  const { prescription, trouble, standing } = chart;
  if (trouble) return <Alert tone="bad">{t('chart.programme.unreadable', { why: trouble })}</Alert>;
  if (standing.plans.length === 0) return <p className="none">{t('chart.programme.none')}</p>;
  if (!prescription)
    return (
      <p className="none" role="status">
        {t('loading')}
      </p>
    );
  const { programme, exercises } = prescription;
  return (
    <>
      <p>
        <strong>{programme.title ?? t('chart.programme')}</strong>
        {programme.period.start && (
          <span className="small"> {t('chart.activeSince', { day: day(programme.period.start.slice(0, 10)) })}</span>
        )}
      </p>
      <ul className="rows programme">
        {exercises.map(({ order, facts, file }) => (
          <li key={order.request}>
            <strong>{words.exercise(order.id, file.id)}</strong>
            {order.side && (
              <>
                {' '}
                <Badge tone="plain">{words.side(order.side)}</Badge>
              </>
            )}
            <span className="small"> {dose(doseOf({ order }, false))}</span>
            {order.muscle && (
              <span className="small">
                {' · '}
                {t('plan.muscle.target', {
                  muscle: t(`plan.muscle.${order.muscle.muscle}`),
                  side: t(`plan.side.${order.muscle.side}`),
                  share: order.muscle.share,
                  seconds: order.muscle.hold,
                })}
              </span>
            )}
            {facts.ceiling !== null && (
              <>
                {' '}
                <Badge tone="bad">
                  {t('chart.ceiling', { value: amount(facts.ceiling, unitCode(facts.unit), facts.measure) })}
                </Badge>
              </>
            )}
            {order.helper && (
              <>
                {' '}
                <Badge tone="careful">{t('chart.helper')}</Badge>
              </>
            )}
            {facts.support_within_reach && (
              <>
                {' '}
                <Badge tone="careful">{t('chart.support')}</Badge>
              </>
            )}
            {order.supportNote && <span className="small"> {order.supportNote}</span>}
          </li>
        ))}
      </ul>
      {programme.problems.map(({ text }) => (
        <Alert key={text} tone="careful">
          {t('chart.programme.problem', { text })}
        </Alert>
      ))}
      <p className="facts-line">
        <BearingBadges programme={programme} />
      </p>
      <p className="small">
        {t('chart.painLimits', { stop: programme.limits.painStop, rise: programme.limits.painRise })}
      </p>
    </>
  );
}

/** Who it is, and what must be known before anything is read. */
export function Header({ chart, words }: { chart: Chart; words: Words }) {
  const { t, counted } = useLanguage();
  const { standing, series } = chart;
  const open = standing.conditions.filter((one) => isOpen(one) && notWrong(one));
  const people = standing.teams
    .flatMap(({ participant = [] }) => participant)
    .map(
      ({ member, role }) =>
        [
          standing.people.find(({ id }) => member?.reference === `Practitioner/${id}`),
          member?.display,
          role?.[0]?.text,
        ] as const,
    )
    .map(([person, display, role]) => [(person && nameOf(person)) ?? display, role].filter(Boolean).join(', '))
    .filter((name) => name !== '');
  const programme = `/programme?patient=${standing.patient.id ?? ''}`;
  const ahead = series.sets.filter((set) => set.ahead).length;
  return (
    <section className="card chart-head" aria-label={t('chart.head')}>
      <OpenFlags standing={standing} words={words} />
      {ahead > 0 && <Alert tone="careful">{counted('chart.ahead', ahead)}</Alert>}
      <div className="chart-facts">
        <dl className="facts">
          <Fact name={t('chart.problems')}>
            {open.length === 0
              ? t('chart.problems.none')
              : open.map((one) => (
                  <span key={one.id} className="line">
                    {words.problem(one)}
                  </span>
                ))}
          </Fact>
          <Fact name={t('chart.team')}>
            {people.length === 0
              ? t('chart.team.none')
              : people.map((name) => (
                  <span key={name} className="line">
                    {name}
                  </span>
                ))}
          </Fact>
          <ConsentFact standing={standing} kind="app-use" />
          <ConsentFact standing={standing} kind="movement-recording" />
          <ConsentFact standing={standing} kind="video-visit" />
          <ConsentFact standing={standing} kind="posture-photo" />
          <Fact name={t('chart.reminders')}>
            <RemindersFact patient={standing.patient.id ?? ''} consents={standing.consents} />
          </Fact>
        </dl>
        <div className="chart-programme">
          <Programme chart={chart} words={words} />
          <div className="actions unprinted">
            <Button component={Link} href={programme} variant="default" size="sm">
              {t(standing.plans.length === 0 ? 'plan.begin' : 'plan.open')}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}

/** Name, age and, where it is no person, that. */
export function useWho({ patient }: Standing) {
  const { t } = useLanguage();
  const { date, line } = useWhoWords();
  const age = ageOn(patient.birthDate, new Date());
  const said = [
    age === undefined ? t('chart.age.unknown') : t('chart.age', { years: age }),
    ...(patient.birthDate ? [t('who.born', { date: date(patient) })] : []),
  ];
  return {
    name: nameOf(patient) ?? t('chart.nameless'),
    said: said.join(', '),
    simulated: isSimulated(patient),
    line: line(whoIs(patient)),
  };
}
