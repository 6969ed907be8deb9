// SPDX-License-Identifier: Apache-2.0
// A walk under way: the load of the affected leg against its limit. There is nothing to win.
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { alarm, say, signal } from '../../coach/voice.ts';
import { Alert } from '../../components/alert.tsx';
import { limitKg } from '../../exercises/bearing.ts';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import { StopReasons } from '../requests/safe_steps.tsx';
import type { Asked } from './asked.ts';
import { limitShare, shownKg } from './kilograms.ts';
import { needsSetUp, type LoadNow } from './load_coach.ts';
import { useLoadWords } from './words.ts';

/** The bar's end, in limits. */
const END = 1.5;
/** Between two sounds that a walk has paused by itself. Unsourced default. */
const ALARM_MS = 2000;

function LoadBar({ asked, load, level }: { asked: Asked; load: number | null; level: number }) {
  const { t, number } = useLanguage();
  const limit = limitKg(asked.limit);
  // Without a measurement there is no number.
  const kg = load === null ? undefined : shownKg(load, asked);
  const share = Math.max(0, load ?? 0) / (END * limitShare(asked));
  return (
    <>
      <div
        className="load-bar"
        data-level={level}
        role="meter"
        aria-label={t(`load.leg.${asked.side}`)}
        aria-valuemin={0}
        aria-valuemax={Math.round(END * limit)}
        aria-valuenow={kg}
        aria-valuetext={
          kg === undefined ? t('load.unmeasured') : t('load.of', { kg: number(kg), limit: number(limit) })
        }
      >
        <div className="fill" style={{ width: `${Math.min(100, 100 * share)}%` }} />
        <div className="limit" />
      </div>
      <p className="load-now">{t('load.of', { kg: kg === undefined ? '–' : number(kg), limit: number(limit) })}</p>
    </>
  );
}

/** Sounds and says why the walk has paused; `again`: the sound comes until the patient touches the screen. */
function useAlarm(text: string, again: boolean) {
  const { language } = useLanguage();
  useEffect(() => {
    if (text === '') return undefined;
    signal(text, language, 'stop');
    if (!again) return undefined;
    const timer = setInterval(alarm, ALARM_MS);
    const end = () => clearInterval(timer);
    document.addEventListener('pointerdown', end, { once: true });
    document.addEventListener('keydown', end, { once: true });
    return () => {
      end();
      document.removeEventListener('pointerdown', end);
      document.removeEventListener('keydown', end);
    };
  }, [text, again, language]);
}

interface Props {
  asked: Asked;
  now: LoadNow;
  /** It goes on as soon as the record had a moment to tell of changes. */
  busy: boolean;
  onPause: () => void;
  onGoOn: () => void;
  /** The zero and the check are needed again. */
  onAnew: () => void;
  onDone: () => void;
  onHurts: () => void;
  onUnwell: () => void;
}

export function Live({ asked, now, busy, onPause, onGoOn, onAnew, onDone, onHurts, onUnwell }: Props) {
  const { t, number, language, counted } = useLanguage();
  const words = useLoadWords(asked);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  useAwake(!now.paused);
  const { paused, stopped, problem, largest } = now;
  const anew = needsSetUp(now);
  const why = now.step === 'tracking' ? (problem ?? stopped) : { kind: 'lost' as const, place: undefined };
  const reason = why ? words.problem(why) : '';
  useAlarm(reason, stopped !== undefined);
  const told = useRef(false);
  useEffect(() => {
    if (reason === '' && told.current !== paused) say(t(paused ? 'load.paused' : 'load.walk'), language, 'cue');
    told.current = paused;
  }, [reason, paused, t, language]);
  const cue = () => {
    if (!paused) return t(now.level > 0 ? 'load.tooMuch' : 'load.walk');
    if (!why) return t('load.paused');
    return anew || problem ? '' : t('load.over');
  };
  return (
    <div className="page narrow load-live">
      <h1 ref={title} className="title" tabIndex={-1}>
        {t(`load.leg.${asked.side}`)}
      </h1>
      {reason !== '' && (
        <Alert tone="bad" role="alert">
          {reason}
        </Alert>
      )}
      <LoadBar asked={asked} load={paused ? null : now.load} level={now.level} />
      <p className="cue" role="status" aria-live={paused ? 'polite' : 'off'}>
        {cue()}
      </p>
      <div className="readings">
        <p>{counted('load.counted', now.steps)}</p>
        <p>{counted('load.stepsAbove', now.stepsAbove)}</p>
        {largest !== null && <p>{t('load.largest', { kg: number(shownKg(largest, asked)) })}</p>}
      </div>
      <div className="actions">
        {anew ? (
          <Button size="xl" fullWidth onClick={onAnew}>
            {t('load.anew')}
          </Button>
        ) : paused ? (
          <Button size="xl" fullWidth loading={busy} disabled={problem !== undefined} onClick={onGoOn}>
            {t('live.goOn')}
          </Button>
        ) : (
          <Button size="xl" fullWidth onClick={onPause}>
            {t('live.pause')}
          </Button>
        )}
        <Button size="lg" variant="default" onClick={onDone}>
          {t('load.finish')}
        </Button>
        <StopReasons onHurts={onHurts} onUnwell={onUnwell} />
      </div>
      <p className="note">{t('nobodyWatches')}</p>
    </div>
  );
}
