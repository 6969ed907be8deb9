// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Bone, WorkLoadResult } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { Notes } from '../clips/notes.tsx';
import { highest, type Answered } from './model.ts';
import { Moment } from './moment.tsx';
import { OverTime } from './over_time.tsx';
import { Questions } from './questions.tsx';
import { Shares } from './shares.tsx';
import { useRangeWords } from './use_range_words.ts';

interface Props {
  result: WorkLoadResult;
  startedAt: string;
  bones: readonly Bone[];
  answered: Answered;
  onAnswered: (answered: Answered) => void;
  /** The result is not yet that of the answers. */
  scoring: boolean;
  lost: boolean;
  failure: Error | null;
  busy: boolean;
  onAccept: () => void;
  onDiscard: () => void;
}

function Summary({ result: { load, levels, questions } }: { result: WorkLoadResult }) {
  const { t } = useLanguage();
  const words = useRangeWords();
  const open = questions.filter((one) => one.open).length;
  return (
    <>
      <p className="headline">
        {t('workload.highest')}:{' '}
        <strong data-highest>
          {t('workload.highest.measured', {
            score: words(highest(load, 'measured')),
            most: levels.at(-1)?.most ?? '',
          })}
        </strong>
      </p>
      <p data-range={highest(load, 'all').join('-')}>
        {t('workload.highest.range', { range: words(highest(load, 'all')), open })}
      </p>
    </>
  );
}

export function Result(props: Props) {
  const { result, startedAt, bones, answered, onAnswered, scoring, lost, failure, busy, onAccept, onDiscard } = props;
  const { t, moment, number } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { load } = result;
  return (
    <div className="result" role="group" aria-label={t('workload.result')} aria-busy={scoring || undefined}>
      <h3 ref={heading} tabIndex={-1}>
        {t(`workload.method.${load.method}`)}
      </h3>
      <p className="small">
        {t('camtest.measured', { moment: moment(startedAt) })}{' '}
        {t('workload.scored', { seconds: number(load.load.scored_s), unseen: number(load.load.not_seen_s) })}
      </p>
      <div className="summary" role="status">
        <Summary result={result} />
        {scoring && <p className="small">{t('workload.rescoring')}</p>}
      </div>
      {lost && (
        <Alert tone="careful" role="alert">
          {t('workload.lost')}
        </Alert>
      )}
      <div className="asked-and-scored" inert={busy}>
        <Questions result={result} answered={answered} onAnswered={onAnswered} />
        <div className="scores">
          <section aria-label={t('workload.time')}>
            <h4>{t('workload.time')}</h4>
            <p className="small">{t('workload.time.what')}</p>
            <OverTime result={result} />
          </section>
          <section aria-label={t('workload.shares')}>
            <h4>{t('workload.shares')}</h4>
            <p className="small">{t('workload.shares.what')}</p>
            <Shares load={load} />
          </section>
        </div>
      </div>
      <section aria-label={t('workload.worst')}>
        <h4>{t('workload.worst')}</h4>
        <p className="small">{t('workload.worst.what')}</p>
        {load.worst.map((one) => (
          <Moment key={one.time_s} moment={one} load={load} bones={bones} />
        ))}
      </section>
      <Notes result={result} />
      <p className="small">{t('workload.limits')}</p>
      <FailureAlert failure={failure} />
      <div className="actions">
        <Button size="md" loading={busy} disabled={scoring || lost} onClick={onAccept}>
          {t('rom.accept')}
        </Button>
        <Button size="md" variant="default" disabled={busy} onClick={onDiscard}>
          {t('rom.discard')}
        </Button>
      </div>
    </div>
  );
}
