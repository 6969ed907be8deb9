// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { fileOf } from '../../../exercises/exercise_words.ts';
import { Badge } from '../../../components/badge.tsx';
import { useLanguage } from '../../../translations/language.tsx';
import type { Words } from '../../../clinical/chart/words.ts';
import { farthestOf, type SessionDocument } from './document.ts';

export const seconds = (time: number) => `${Math.floor(time / 60)}:${(time % 60).toFixed(1).padStart(4, '0')}`;

/** Lists the counted repetitions with their faults. Each links to its moment. */
export function Repetitions({
  document,
  exercise,
  words,
  go,
}: {
  document: SessionDocument;
  exercise: string;
  words: Words;
  go: (time: number) => void;
}) {
  const { t, language } = useLanguage();
  const first = document.exercise.times_s[0] ?? 0;
  const rules = useMemo(() => fileOf(exercise).form ?? [], [exercise]);
  const said = (rule: string) => {
    const name = rules.find(({ id }) => id === rule)?.name;
    return name?.[language] ?? name?.en ?? rule;
  };
  if (document.exercise.repetitions.length === 0) return <p className="none">{t('chart.replay.noRepetitions')}</p>;
  return (
    <div className="wide" tabIndex={0} role="region" aria-label={t('chart.replay.repetitions')}>
      <table className="table">
        <thead>
          <tr>
            {(['number', 'at', 'range', 'tempo', 'faults', 'quality'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`chart.repetition.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {document.exercise.repetitions.map((one, i) => {
            const range = one.range && farthestOf(one.range, document.exercise.definition);
            const tempo = [one.tempo.out_s, one.tempo.hold_s, one.tempo.back_s]
              .filter((part) => part !== null)
              .map((part) => part.toFixed(1))
              .join(' / ');
            return (
              <tr key={one.start_s}>
                <td>
                  {i + 1}
                  {one.outcome !== 'complete' && (
                    <>
                      {' '}
                      <Badge tone="careful">{t(`chart.repetition.${one.outcome}`)}</Badge>
                    </>
                  )}
                  {one.side && one.side !== 'both' && <span className="small"> {words.side(one.side)}</span>}
                </td>
                <td>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    onClick={() => go(one.start_s - first)}
                    aria-label={t('chart.repetition.go', { number: i + 1, time: seconds(one.start_s - first) })}
                  >
                    {seconds(one.start_s - first)}
                  </Button>
                </td>
                <td>
                  {range
                    ? words.value(range.value, range.unit, one.range?.measure, range.uncertainty)
                    : t('chart.notMeasured')}
                </td>
                <td>{tempo === '' ? t('chart.notMeasured') : `${tempo} s`}</td>
                <td>
                  {one.faults === null
                    ? t('chart.notJudged')
                    : one.faults.length === 0
                      ? t('chart.noFaults')
                      : one.faults.map(({ rule }) => said(rule)).join('; ')}
                </td>
                <td>{one.quality.score === null ? t('chart.notMeasured') : one.quality.score.toFixed(0)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
