// SPDX-License-Identifier: Apache-2.0
// An endurance session under way.
import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DeviceNotice } from 'reprise-engine';
import { say, signal } from '../../coach/voice.ts';
import { Alert } from '../../components/alert.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import * as course from './course.ts';
import type { Course } from './course.ts';
import type { Asked } from './asked.ts';
import type { HeartState } from './heart.ts';
import { RatingFields } from './rating.tsx';
import type { Running } from './use_course.ts';
import { Unwatched } from './unwatched.tsx';
import { adviceFor, type Advice, type Rating } from './values.ts';

interface Props {
  asked: Asked;
  running: Running;
  heart: { state: HeartState; rate: number | undefined };
  /** Percent; undefined: no oximeter, or an old value. */
  oxygen: number | undefined;
  /** What the oximeter says of its last value. */
  oxygenNotice: DeviceNotice | undefined;
  onChange: (work: (now: Course, now_s: number) => Course) => void;
  /** Returns whether it passed a limit, which ends the session. */
  onRated: (rating: Rating) => boolean;
  onStop: () => void;
  onUnwell: () => void;
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
const NOT_RATED: Rating = { effort: undefined, breathlessness: undefined };

/** Asks how hard it is, while the session goes on. */
function RatingDialog({
  asked,
  onClose,
  onRated,
  onUnwell,
}: {
  asked: Asked;
  onClose: () => void;
  onRated: (rating: Rating, talks: boolean | undefined) => void;
  onUnwell: () => void;
}) {
  const { t } = useLanguage();
  const [rating, setRating] = useState(NOT_RATED);
  const [talks, setTalks] = useState<boolean>();
  const [attempted, setAttempted] = useState(false);
  const isWhole = rating.effort !== undefined && rating.breathlessness !== undefined;
  const done = () => {
    setAttempted(true);
    if (isWhole) onRated(rating, talks);
  };
  return (
    <Dialog title={t('endurance.rate')} onClose={onClose}>
      <Stack gap="md">
        <RatingFields
          scale={asked.scale}
          rating={rating}
          attempted={attempted}
          onRating={(change) => setRating((before) => ({ ...before, ...change }))}
        />
        <fieldset className="talk">
          <legend>{t('endurance.talk')}</legend>
          <Group grow>
            {[true, false].map((one) => (
              <Button
                key={String(one)}
                size="lg"
                variant={talks === one ? 'filled' : 'default'}
                aria-pressed={talks === one}
                onClick={() => setTalks(one)}
              >
                {t(one ? 'yes' : 'no')}
              </Button>
            ))}
          </Group>
        </fieldset>
        {attempted && !isWhole && (
          <Alert tone="careful" role="alert">
            {t('scale.missing')}
          </Alert>
        )}
        <Button size="lg" onClick={done}>
          {t('goOn')}
        </Button>
        <Button size="lg" color="red.9" onClick={onUnwell}>
          {t('endurance.unwell')}
        </Button>
      </Stack>
    </Dialog>
  );
}

export function Live({ asked, running, heart, oxygen, oxygenNotice, onChange, onRated, onStop, onUnwell }: Props) {
  const { t, number, language } = useLanguage();
  const { course: now, now_s, slept } = running;
  const { scale, effort, heartRate, limits } = asked;
  const [rating, setRating] = useState(false);
  const [advice, setAdvice] = useState<Advice>();
  const times = useMemo(() => course.ratingTimes(asked), [asked]);
  const raised = useRef(0);
  const told = useRef<string | undefined>(undefined);
  const title = useRef<HTMLHeadingElement>(null);
  // Who cannot see that the session runs hears it.
  useEffect(() => title.current?.focus(), []);
  const isPaused = now.since_s === undefined;
  const inPhase_s = course.inPhase_s(now, now_s);
  useAwake(!now.over);

  const { phase } = now;
  useEffect(() => {
    if (told.current === phase) return;
    told.current = phase;
    signal(t(`endurance.said.${phase}`), language, 'cue');
  }, [phase, t, language]);
  const due = phase === 'main' && inPhase_s >= (times[raised.current] ?? Infinity);
  useEffect(() => {
    if (!due) return;
    raised.current += 1;
    setRating(true);
    signal(t('endurance.rate'), language, 'cue');
  }, [due, t, language]);

  const rated = (given: Rating, talks: boolean | undefined) => {
    setRating(false);
    if (onRated(given)) return;
    const pace = adviceFor(given, talks, effort, heartRate ? { now: heart.rate, high: heartRate.high } : undefined);
    setAdvice(pace);
    say(t(`endurance.advice.${pace}`), language, 'cue');
  };
  const left = Math.max(0, course.lengthOf(asked, phase) - inPhase_s);
  return (
    <div className="page narrow endurance-live">
      <h1 ref={title} className="title" tabIndex={-1}>
        {t(`endurance.phase.${phase}`)}
      </h1>
      <p className="count" role="timer">
        {clock(Math.ceil(left))}
      </p>
      <p className="cue" role="status">
        {isPaused
          ? t(slept ? 'endurance.slept' : 'endurance.paused')
          : advice && phase === 'main'
            ? t(`endurance.advice.${advice}`)
            : t(`endurance.do.${phase}`)}
      </p>
      {phase === 'main' && (
        <p className="plan">{t(`endurance.effort.${scale}`, { low: number(effort.low), high: number(effort.high) })}</p>
      )}
      <div className="readings">
        <p className="reading">
          <span className="amount">{heart.rate ?? '–'}</span> <span>{t('endurance.rate.unit')}</span>
        </p>
        {oxygen !== undefined && (
          <p className="reading">
            <span className="amount">{Math.floor(oxygen)}</span> <span>{t('endurance.oxygen.unit')}</span>
          </p>
        )}
      </div>
      <p className="hint">
        {heart.rate === undefined
          ? t(`endurance.strap.short.${heart.state}`)
          : heartRate && phase === 'main' && t('endurance.heartRate', heartRate)}
      </p>
      {oxygenNotice && <p className="hint">{t(`endurance.notice.${oxygenNotice}`)}</p>}
      <Unwatched limits={limits} rate={heart.rate} oxygen={oxygen} />
      <div className="actions">
        <Button size="xl" fullWidth color="red.9" onClick={onUnwell}>
          {t('endurance.unwell')}
        </Button>
        <Button
          size="lg"
          variant="default"
          onClick={() => onChange((one, at_s) => (isPaused ? course.resumed(one, at_s) : course.paused(one, at_s)))}
        >
          {t(isPaused ? 'live.goOn' : 'live.pause')}
        </Button>
        {!isPaused && phase !== 'cool_down' && asked.coolDown_min > 0 && (
          <Button
            size="lg"
            variant="default"
            onClick={() => onChange((one, at_s) => course.toCoolDown(one, asked, at_s))}
          >
            {t('endurance.toCoolDown')}
          </Button>
        )}
        <Button size="lg" variant="default" onClick={() => setRating(true)}>
          {t('endurance.rateNow')}
        </Button>
        <Button size="lg" variant="default" onClick={onStop}>
          {t('session.stop')}
        </Button>
      </div>
      <p className="note">{t('nobodyWatches')}</p>
      {rating && <RatingDialog asked={asked} onClose={() => setRating(false)} onRated={rated} onUnwell={onUnwell} />}
    </div>
  );
}
