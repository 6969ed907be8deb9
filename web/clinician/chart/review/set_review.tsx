// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../../components/failure_alert.tsx';
import { Alert } from '../../../components/alert.tsx';
import { Badge } from '../../../components/badge.tsx';
import { Section } from '../../../components/section.tsx';
import { useEngine } from '../../../data/engine.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { goTo, type Place } from '../../../clinical/chart/address.ts';
import type { Words } from '../../../clinical/chart/words.ts';
import { Clock } from './clock.ts';
import { Comments, useComments } from './comments.tsx';
import { loadRecorded, loadSet, type ReviewedSet } from './load_day.ts';
import { Player } from './player.tsx';
import { Repetitions } from './repetitions.tsx';
import { Traces } from './traces.tsx';
import { useReplay, type Replay } from './use_replay.ts';
import { queryKeys } from '../../../data/query_keys.ts';

const NO_MARKS: readonly number[] = [];

/** What lies beside the recording: nothing, the catalog's own movement, or another day's. */
function useBeside(place: Place, set: ReviewedSet, language: string) {
  const wanted = place.beside !== undefined && place.beside !== 'reference' ? place.beside : undefined;
  const others = useQuery({
    queryKey: queryKeys.recordedSets(place.id, set.exercise),
    queryFn: () => loadRecorded(place.id, set.exercise),
  });
  const other = useQuery({
    queryKey: queryKeys.set(place.id, wanted ?? ''),
    queryFn: () => loadSet(place.id, wanted ?? ''),
    enabled: wanted !== undefined,
  });
  const replay = useReplay(other.data, language);
  return {
    others: (others.data ?? []).filter(({ id }) => id !== set.id),
    other: other.data,
    replay,
    failure: others.error ?? other.error,
  };
}

function RecordedSet({
  place,
  set,
  replay,
  words,
  title,
  simulated,
}: {
  place: Place;
  set: ReviewedSet;
  replay: Replay & { movement: NonNullable<Replay['movement']> };
  words: Words;
  title: string;
  simulated: boolean;
}) {
  const { t, language, moment } = useLanguage();
  const { movement, document, exercise } = replay;
  const clock = useMemo(() => new Clock(movement.times.at(-1) ?? 0), [movement]);
  useEffect(() => () => clock.pause(), [clock]);
  const reprise = useEngine();
  const beside = useBeside(place, set, language);
  const comments = useComments(place.id, set.id);
  const marks = useMemo(() => comments.data?.flatMap(({ time_s }) => time_s ?? []) ?? NO_MARKS, [comments.data]);
  const model = useMemo(
    () => (place.beside === 'reference' && reprise && exercise ? reprise.exercise(exercise) : undefined),
    [place.beside, reprise, exercise],
  );
  const when = (at: number) => moment(new Date(at).toISOString());
  const second = useMemo(
    () =>
      beside.other && beside.replay.movement
        ? {
            label: `${title}, ${moment(new Date(beside.other.at).toISOString())}`,
            movement: beside.replay.movement,
            document: beside.replay.document,
          }
        : undefined,
    [beside.other, beside.replay.movement, beside.replay.document, title, moment],
  );
  const go = (time: number) => {
    clock.pause();
    clock.seek(time);
    window.document.querySelector<HTMLElement>('.player')?.focus();
  };
  return (
    <>
      <NativeSelect
        className="beside-choice"
        size="sm"
        label={t('chart.replay.beside')}
        value={place.beside ?? ''}
        onChange={(event) => goTo({ ...place, beside: event.currentTarget.value || undefined }, { replace: true })}
        data={[
          { value: '', label: t('chart.replay.alone') },
          ...(exercise ? [{ value: 'reference', label: t('chart.replay.reference') }] : []),
          ...beside.others.map(({ id, at }) => ({ value: id, label: when(at) })),
        ]}
      />
      <FailureAlert failure={beside.failure ?? beside.replay.failure} />
      <Player
        clock={clock}
        label={`${title}, ${when(set.at)}`}
        movement={movement}
        document={document}
        side={set.side}
        beside={second}
        reference={model && { label: t('chart.replay.reference'), exercise: model }}
      />
      <p className="small">
        {t('chart.replay.depth')} {movement.simulated && <Badge tone="careful">{t('chart.simulated')}</Badge>}
      </p>
      <h3>{t('chart.replay.angles')}</h3>
      {replay.unreadable !== undefined ? (
        <Alert tone="careful">{t('chart.replay.unreadable', { why: replay.unreadable })}</Alert>
      ) : exercise === null ? (
        <Alert tone="careful">{t('chart.replay.exerciseGone')}</Alert>
      ) : document ? (
        <Traces document={document} clock={clock} marks={marks} words={words} />
      ) : (
        <p className="none" role="status">
          {t('chart.replay.measuring')}
        </p>
      )}
      {document && exercise && (
        <>
          <h3>{t('chart.replay.repetitions')}</h3>
          <Repetitions document={document} exercise={exercise} words={words} go={go} />
          {document.exercise.not_measured.length > 0 && (
            <p className="small">
              {t('chart.replay.notMeasured', { what: document.exercise.not_measured.join('; ') })}
            </p>
          )}
          {document.warnings.map(({ code, text, remedy }) => (
            <p key={code} className="small">
              {[text, remedy].filter(Boolean).join(' ')}
            </p>
          ))}
        </>
      )}
      <h3>{t('chart.comments')}</h3>
      <Comments patient={place.id} simulated={simulated} set={set} comments={comments} now={() => clock.time} go={go} />
    </>
  );
}

function Unrecorded({ place, set, simulated }: { place: Place; set: ReviewedSet; simulated: boolean }) {
  const { t } = useLanguage();
  const comments = useComments(place.id, set.id);
  return (
    <>
      <p className="note">{t(set.byHand ? 'chart.replay.byHand' : 'chart.replay.none')}</p>
      <h3>{t('chart.comments')}</h3>
      <Comments patient={place.id} simulated={simulated} set={set} comments={comments} now={undefined} go={() => {}} />
    </>
  );
}

/** Shows one set in detail: its recording if there is one, and its comments. */
export function SetReview({
  place,
  set,
  words,
  simulated,
}: {
  place: Place;
  set: ReviewedSet;
  words: Words;
  simulated: boolean;
}) {
  const { t, language } = useLanguage();
  const replay = useReplay(set, language);
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), 300);
    return () => clearTimeout(timer);
  }, []);
  const title = [words.exercise(set.exercise, set.name), words.side(set.side)].filter(Boolean).join(', ');
  return (
    <Section title={title}>
      {set.notes.map((note) => (
        <p key={note} className="quote">
          {note}
        </p>
      ))}
      <FailureAlert failure={replay.failure} />
      {!set.recording ? (
        <Unrecorded place={place} set={set} simulated={simulated} />
      ) : replay.movement ? (
        <RecordedSet
          place={place}
          set={set}
          replay={{ ...replay, movement: replay.movement }}
          words={words}
          title={title}
          simulated={simulated}
        />
      ) : replay.unreadable !== undefined ? (
        <Alert tone="bad">{t('chart.replay.unreadable', { why: replay.unreadable })}</Alert>
      ) : (
        !replay.failure &&
        waited && (
          <p className="none" role="status">
            {t('chart.replay.loading')}
          </p>
        )
      )}
    </Section>
  );
}
