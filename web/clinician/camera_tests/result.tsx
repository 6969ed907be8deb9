// SPDX-License-Identifier: Apache-2.0
import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { MeasuredNow, MeasuredResult } from 'reprise-engine';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { amountOf } from '../../clinical/chart/measured_amount.ts';
import { sensedMeasure } from '../../clinical/chart/sensed_words.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useLanguage } from '../../translations/language.tsx';
import { plotsIn } from '../chart/signals/signal_document.ts';
import { SignalFigure } from '../chart/signals/signal_figure.tsx';
import { Notes } from '../clips/notes.tsx';
import { lastOf, loadLast, type Last } from './measured.ts';
import type { TestFacts } from './tests.ts';

interface Props {
  facts: TestFacts;
  patient: string;
  startedAt: string;
  result: MeasuredResult;
  failure: Error | null;
  busy: boolean;
  onAccept: () => void;
  onDiscard: () => void;
  /** One more pass; undefined: the test has but one clip. */
  onMore: (() => void) | undefined;
}

const keyOf = ({ measure, part, side }: MeasuredNow) => `${measure} ${part ?? ''} ${side ?? ''}`;

function Reference({ value: { reference, unit } }: { value: MeasuredNow }) {
  const { t, number } = useLanguage();
  if (!reference) return '–';
  const { low, high, mean, against, population, source } = reference;
  const limits = [
    low !== null && `≥ ${number(low)}`,
    high !== null && `≤ ${number(high)}`,
    low === null && high === null && mean !== null && t('camtest.mean', { mean: number(mean) }),
  ].filter(Boolean);
  return (
    <>
      {against !== 'mean_only' && <strong>{t(`camtest.against.${against}`)} </strong>}
      {limits.join(', ')} {unit} <span className="small">{`${population} (${source})`}</span>
    </>
  );
}

function Before({ value, last }: { value: MeasuredNow; last: Last | undefined }) {
  const { language, day } = useLanguage();
  if (!last) return '–';
  const change = value.value - last.value;
  const shown = (number: number) => amountOf({ ...value, value: number, uncertainty: null }, language);
  return (
    <>
      {shown(last.value)}{' '}
      <span className="small">
        {day(last.at.slice(0, 10))} ({change > 0 ? '+' : ''}
        {shown(change)})
      </span>
    </>
  );
}

function Values({ values, last }: { values: readonly MeasuredNow[]; last: readonly Last[] }) {
  const { t, language } = useLanguage();
  const held = values.some(({ reference }) => reference);
  const before = values.some((value) => lastOf(value, last));
  return (
    <div className="scrolled">
      <Table className="values">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('camtest.measure')}</Table.Th>
            <Table.Th>{t('camtest.value')}</Table.Th>
            {held && <Table.Th>{t('camtest.reference')}</Table.Th>}
            {before && <Table.Th>{t('camtest.last')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {values.map((value) => (
            <Table.Tr key={keyOf(value)} data-measure={value.measure}>
              <Table.Td>
                {[sensedMeasure(value.measure, t), value.side && t(`side.${value.side}`)].filter(Boolean).join(', ')}
              </Table.Td>
              <Table.Td className="amount">{amountOf(value, language)}</Table.Td>
              {held && (
                <Table.Td>
                  <Reference value={value} />
                </Table.Td>
              )}
              {before && (
                <Table.Td>
                  <Before value={value} last={lastOf(value, last)} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function Result({ facts, patient, startedAt, result, failure, busy, onAccept, onDiscard, onMore }: Props) {
  const { t, moment } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const last = useQuery({
    queryKey: queryKeys.lastCameraTest(patient, startedAt),
    queryFn: () => loadLast(patient, result),
  });
  const plots = useMemo(() => plotsIn(result.document), [result]);
  const [main, others] = [true, false].map((primary) => result.values.filter((one) => one.primary === primary));
  return (
    <div className="result" role="group" aria-label={t('camtest.result')}>
      <h3 ref={heading} tabIndex={-1}>
        {t(`camtest.name.${facts.id}`)}
      </h3>
      <p className="small">{t('camtest.measured', { moment: moment(startedAt) })}</p>
      <Values values={main ?? []} last={last.data ?? []} />
      {(others ?? []).length > 0 && (
        <details>
          <summary>{t('camtest.others')}</summary>
          <Values values={others ?? []} last={last.data ?? []} />
        </details>
      )}
      <Notes result={result} />
      <details>
        <summary>{t('camtest.plots')}</summary>
        <div className="plots">
          {plots.map((plot) => (
            <SignalFigure key={`${plot.name} ${plot.part ?? ''}`} plot={plot} />
          ))}
        </div>
      </details>
      <FailureAlert failure={failure} />
      <div className="actions">
        <Button size="md" loading={busy} onClick={onAccept}>
          {t('rom.accept')}
        </Button>
        {onMore && (
          <Button size="md" variant="default" disabled={busy} onClick={onMore}>
            {t('camtest.more')}
          </Button>
        )}
        <Button size="md" variant="default" disabled={busy} onClick={onDiscard}>
          {t('rom.discard')}
        </Button>
      </div>
    </div>
  );
}
