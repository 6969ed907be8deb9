// SPDX-License-Identifier: Apache-2.0
import { Button, Table } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { MeasuredNow, MeasuredResult, RangeTrial } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Recorded } from '../../clinical/recorded_ranges.ts';
import type { Measurement } from './measured.ts';
import { nameOf } from '../../coach/range/range_tests.ts';

export type Summed = MeasuredResult;

interface Props {
  measurement: Measurement;
  summed: Summed;
  /** The newest value of the record. */
  last: Recorded | undefined;
  failure: Error | null;
  busy: boolean;
  onAccept: () => void;
  onDiscard: () => void;
}

const degrees = (value: number | null | undefined) => (value == null ? '–' : `${Math.round(value)}°`);

function Trials({ trials }: { trials: readonly RangeTrial[] }) {
  const { t } = useLanguage();
  return (
    <Table className="trials">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('rom.trials')}</Table.Th>
          <Table.Th>{t('rom.angle')}</Table.Th>
          <Table.Th>{t('rom.remarks')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {trials.map((trial, i) => (
          <Table.Tr key={i} data-excluded={trial.note ? true : undefined}>
            <Table.Td>{i + 1}</Table.Td>
            <Table.Td>
              {degrees(trial.angle_deg)}
              {trial.uncertainty_deg != null && ` ±${Math.round(trial.uncertainty_deg)}`}
            </Table.Td>
            <Table.Td>
              {[trial.note ? t(`rom.note.${trial.note}`) : '', ...(trial.compensations ?? [])]
                .filter(Boolean)
                .join('; ')}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Norm({ value: { reference, value, uncertainty } }: { value: MeasuredNow }) {
  const { t } = useLanguage();
  if (!reference) return <p className="small">{t('rom.norm.none')}</p>;
  const { low, high, mean, population, source } = reference;
  const error = uncertainty ?? 0;
  const outside =
    low !== null && value + error < low ? 'below' : high !== null && value - error > high ? 'above' : null;
  return (
    <p className="small">
      {t('rom.norm', { mean: degrees(mean), population, source })}{' '}
      {low !== null && high !== null && t('rom.norm.limits', { low: degrees(low), high: degrees(high) })}{' '}
      {outside && t(`rom.norm.${outside}`)}
    </p>
  );
}

/** Against the record's newest value: whether the change is more than the error of both. */
function Change({ value, last, least }: { value: MeasuredNow; last: Recorded; least: number | undefined }) {
  const { t, day } = useLanguage();
  const change = Math.round(value.value - last.degrees);
  const signed = change > 0 ? `+${change}°` : `${change}°`;
  return (
    <p>
      {t('rom.last', { day: day(last.at.slice(0, 10)), degrees: degrees(last.degrees), change: signed })}{' '}
      {least !== undefined &&
        t(Math.abs(change) >= least ? 'rom.last.more' : 'rom.last.less', { least: degrees(least) })}
    </p>
  );
}

export function Result({ measurement, summed, last, failure, busy, onAccept, onDiscard }: Props) {
  const { t, language, day } = useLanguage();
  const { test, passive, trials, startedAt } = measurement;
  const side = trials[0]?.side;
  const valueNamed = (measure: string) => summed.values.find((one) => one.measure === measure);
  const mean = valueNamed('joint_range');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="result" role="group" aria-label={t('rom.result')}>
      <h3 ref={heading} tabIndex={-1}>
        {nameOf(test, language)}
        {side && `, ${t(`side.${side}`)}`}, {t(passive ? 'rom.isPassive' : 'rom.isActive')}
      </h3>
      <p className="small">{t('rom.measured', { day: day(startedAt.slice(0, 10)) })}</p>
      {mean ? (
        <>
          <p className="angle">
            {degrees(mean.value)}
            {mean.uncertainty !== null && <span className="error"> ±{Math.round(mean.uncertainty)}°</span>}
          </p>
          <p>
            {t('rom.meanOf', { count: mean.count })}
            {mean.spread !== null && `, ${t('rom.spread', { spread: degrees(mean.spread) })}`},{' '}
            {t('rom.best', { best: degrees(valueNamed('joint_range_best')?.value) })}
          </p>
          {last && <Change value={mean} last={last} least={valueNamed('detectable_change')?.value} />}
          <Norm value={mean} />
        </>
      ) : (
        <Alert tone="careful" role="alert">
          {t('rom.noTrial')}
        </Alert>
      )}
      <div className="scrolled">
        <Trials trials={trials} />
      </div>
      {summed.warnings
        .filter(({ code }) => !['compensation', 'out_of_plane', 'wrong_side', 'partial'].includes(code))
        .map(({ code, text, remedy }) => (
          <Alert key={code + text} tone="careful">
            {text} {remedy}
          </Alert>
        ))}
      <FailureAlert failure={failure} />
      <div className="actions">
        {mean && (
          <Button size="md" loading={busy} onClick={onAccept}>
            {t('rom.accept')}
          </Button>
        )}
        <Button size="md" variant="default" disabled={busy} onClick={onDiscard}>
          {t('rom.discard')}
        </Button>
      </div>
    </div>
  );
}
