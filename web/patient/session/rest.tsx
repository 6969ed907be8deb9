// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { say } from '../../coach/voice.ts';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { Breathing } from './breathing/breathing.tsx';
import type { SetDone } from './flow.ts';
import { GameEnd } from './games/game_end.tsx';

interface Props {
  until: string;
  atMost_s: number;
  last: SetDone | undefined;
  /** The exercise hurt: nothing of it is praised. */
  hurts: boolean;
  next: number;
  of: number;
  /** A look back on the sets until now. */
  seen?: ReactNode;
  onOver: () => void;
  onHurt: () => void;
  onStop: () => void;
}

const secondsUntil = (until: string) => (new Date(until).getTime() - Date.now()) / 1000;

/**
 * Of two clocks the one that says less: the time of day may be set back, the other one may stand still while the device
 * sleeps.
 */
function useLeft(until: string, atMost_s: number): number {
  const began = useRef({ at_ms: performance.now(), left_s: Math.min(atMost_s, secondsUntil(until)) });
  const left = useCallback(() => {
    const { at_ms, left_s } = began.current;
    return Math.max(0, Math.ceil(Math.min(secondsUntil(until), left_s - (performance.now() - at_ms) / 1000)));
  }, [until]);
  const [seconds, setSeconds] = useState(left);
  useInterval(() => setSeconds(left()), 250, { autoInvoke: true });
  return seconds;
}

/** Between two sets; it ends by a touch, because the patient decides when. */
export function Rest({ until, atMost_s, last, hurts, next, of, seen, onOver, onHurt, onStop }: Props) {
  const { t, language } = useLanguage();
  const left = useLeft(until, atMost_s);
  const over = left === 0;
  useEffect(() => {
    if (over) say(t('rest.over'), language, 'done');
  }, [over, language, t]);
  return (
    <Page title={t('rest.title')} narrow>
      <p className="clock" role="timer" aria-label={t('rest.left', { seconds: left })}>
        {Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}
      </p>
      {!over && <Breathing />}
      {last && (
        <p className="lead">
          {last.held_s === null ? t('rest.done', { count: last.count }) : t('rest.doneHolds', { count: last.count })}
        </p>
      )}
      {last?.game && !hurts && <GameEnd game={last.game} />}
      {seen}
      <p role="status">{over ? t('rest.over') : t('rest.next', { set: next, of })}</p>
      <div className="actions">
        <Button size="lg" onClick={onOver}>
          {t(over ? 'rest.start' : 'rest.startNow')}
        </Button>
        <Button size="lg" color="red.9" onClick={onHurt}>
          {t('live.hurts')}
        </Button>
        <Button size="lg" variant="default" onClick={onStop}>
          {t('session.stop')}
        </Button>
      </div>
    </Page>
  );
}
