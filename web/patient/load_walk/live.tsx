// SPDX-License-Identifier: Apache-2.0
// A walk under way: the load of the affected leg against its limit. There is nothing to win.
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { say, signal } from '../../coach/voice.ts';
import { Alert } from '../../components/alert.tsx';
import { limitKg } from '../../exercises/bearing.ts';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import { StopReasons } from '../requests/safe_steps.tsx';
import type { Asked } from './asked.ts';
import type { LoadNow } from './load_coach.ts';
import { useLoadWords } from './words.ts';

/** The bar's end, in limits. */
const END = 1.5;

function LoadBar({ asked: { side, limit }, now }: { asked: Asked; now: LoadNow }) {
  const { t, number } = useLanguage();
  const share = Math.max(0, now.load ?? 0);
  const kg = Math.round(share * limit.bodyMass_kg);
  // Without a measurement there is no number.
  const text = t('load.of', { kg: now.load === null ? '–' : number(kg), limit: number(limitKg(limit)) });
  return (
    <>
      <div
        className="load-bar"
        data-level={now.level}
        role="meter"
        aria-label={t(`load.leg.${side}`)}
        aria-valuemin={0}
        aria-valuemax={Math.round(END * limit.share * limit.bodyMass_kg)}
        aria-valuenow={kg}
        aria-valuetext={text}
      >
        <div className="fill" style={{ width: `${Math.min(100, (100 * share) / (END * limit.share))}%` }} />
        <div className="limit" />
      </div>
      <p className="load-now">{text}</p>
    </>
  );
}

interface Props {
  asked: Asked;
  now: LoadNow;
  onPause: (paused: boolean) => void;
  /** The zero and the check are needed again. */
  onAnew: () => void;
  onDone: () => void;
  onHurts: () => void;
  onUnwell: () => void;
}

export function Live({ asked, now, onPause, onAnew, onDone, onHurts, onUnwell }: Props) {
  const { t, number, language, counted } = useLanguage();
  const words = useLoadWords(asked);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  useAwake(!now.paused);
  const anew = now.step !== 'tracking' || now.problem?.kind === 'zero_off';
  const problem = now.problem ? words.problem(now.problem) : now.step !== 'tracking' ? t('load.lost') : '';
  const { paused } = now;
  // A pause that came by itself is heard, too.
  const told = useRef(false);
  useEffect(() => {
    if (problem) signal(problem, language, 'stop');
    else if (told.current !== paused) say(t(paused ? 'load.paused' : 'load.walk'), language, 'cue');
    told.current = paused;
  }, [problem, paused, t, language]);
  const cue = paused ? t('load.paused') : t(now.level > 0 ? 'load.tooMuch' : 'load.walk');
  return (
    <div className="page narrow load-live">
      <h1 ref={title} className="title" tabIndex={-1}>
        {t(`load.leg.${asked.side}`)}
      </h1>
      {problem && (
        <Alert tone="bad" role="alert">
          {problem}
        </Alert>
      )}
      <LoadBar asked={asked} now={paused ? { ...now, load: null } : now} />
      <p className="cue" role="status">
        {cue}
      </p>
      <div className="readings">
        <p>{counted('load.counted', now.steps)}</p>
        <p>{counted('load.stepsAbove', now.stepsAbove)}</p>
        <p>{t('load.largest', { kg: number(Math.round(now.largest * asked.limit.bodyMass_kg)) })}</p>
      </div>
      <div className="actions">
        {anew ? (
          <Button size="xl" fullWidth onClick={onAnew}>
            {t('load.anew')}
          </Button>
        ) : (
          <Button size="xl" fullWidth disabled={paused && now.problem !== undefined} onClick={() => onPause(!paused)}>
            {t(paused ? 'live.goOn' : 'live.pause')}
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
