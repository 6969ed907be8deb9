// SPDX-License-Identifier: Apache-2.0
// A test under way: countdown, samples, its end, and whatever voids it.
import { useEffect, useRef, useState } from 'react';
import type { PhoneTest } from 'reprise-engine';
import { say, signal } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { COUNTDOWN_S, COURSE_OF, type Void } from './flow.ts';
import { LEAST_RATE_HZ, LONGEST_GAP_S, Recording, StillnessWatch } from './motion.ts';
import { onForbidden, onMotion } from './sensors.ts';

/** What a test has recorded, from its start on. */
export interface Recorded {
  times: Float64Array;
  motion: Float64Array;
  startedAt: string;
  endedAt: string;
  simulated: boolean;
}

export interface RunEvents {
  onCountedDown: () => void;
  onVoid: (why: Exclude<Void, 'stopped' | 'unclear'>) => void;
  /** Ended by time or stillness. */
  onEnded: (recorded: Recorded) => void;
}

const LOOK_MS = 100;
/** A busy page takes an event late; the sample's own time then decides about a gap. */
const LATE_S = LONGEST_GAP_S + 0.5;
/** The numbers that are said before the start, besides the last ones. */
const SAID_S = [10];
const LAST_SAID_S = 5;

const now_s = () => performance.now() / 1000;

/** `test`: stays the same. Returns the seconds to show, and a function for the end by hand. */
export function useRun(test: PhoneTest, events: RunEvents) {
  const { t, language } = useLanguage();
  const [shown, setShown] = useState<{ phase: 'countdown' | 'running'; seconds: number }>({
    phase: 'countdown',
    seconds: COUNTDOWN_S,
  });
  const { end, limit_s } = COURSE_OF[test];
  const run = useRef({ events, t, language });
  const finish = useRef<() => Recorded | undefined>(() => undefined);
  useEffect(() => {
    run.current = { events, t, language };
  }, [events, t, language]);

  useEffect(() => {
    const go_s = now_s() + COUNTDOWN_S;
    const recording = new Recording();
    const watch = end === 'still' ? new StillnessWatch() : undefined;
    let simulated = false;
    let last_s = now_s();
    let over = false;
    let startedAt: Date | undefined;
    let said = COUNTDOWN_S;

    const stop = (work: (all: RunEvents) => void) => {
      if (over) return;
      over = true;
      work(run.current.events);
    };
    const voided = (why: Parameters<RunEvents['onVoid']>[0]) =>
      stop(({ onVoid }) => {
        signal(run.current.t('phone.voided.said'), run.current.language, 'stop');
        onVoid(why);
      });
    /** Undefined: it is void, and that was told. */
    const whole = (): Recorded | undefined => {
      if (over || !startedAt) return undefined;
      if (recording.rate_hz < LEAST_RATE_HZ) {
        voided('slow');
        return undefined;
      }
      over = true;
      const endedAt = new Date(startedAt.getTime() + Math.round((now_s() - go_s) * 1000));
      return {
        ...recording.samples(go_s),
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
        simulated,
      };
    };
    finish.current = whole;
    const ended = () => {
      const recorded = whole();
      if (!recorded) return;
      signal(run.current.t('phone.ended.said'), run.current.language, 'done');
      run.current.events.onEnded(recorded);
    };

    const endMotion = onMotion((sample) => {
      if (over || !sample.motion) return;
      last_s = sample.time_s;
      simulated ||= sample.simulated;
      if (!startedAt || sample.time_s < go_s || sample.time_s > go_s + limit_s) return;
      recording.add(sample.time_s, sample.motion);
      if (recording.gap_s > LONGEST_GAP_S) voided('gap');
      else if (watch?.step(sample.time_s, sample.motion)) ended();
    });
    const look = () => {
      if (over) return;
      const at_s = now_s();
      if (at_s - last_s > LATE_S) {
        voided('gap');
        return;
      }
      const left = Math.ceil(go_s - at_s);
      if (left > 0) {
        setShown((before) => (before.seconds === left ? before : { phase: 'countdown', seconds: left }));
        if (left !== said && (left <= LAST_SAID_S || SAID_S.includes(left)))
          say(String(left), run.current.language, 'count');
        said = left;
        return;
      }
      if (!startedAt) {
        startedAt = new Date(Date.now() - Math.round((at_s - go_s) * 1000));
        signal(run.current.t(`phone.go.${test}`), run.current.language, 'done');
        run.current.events.onCountedDown();
      }
      const seconds = Math.floor(at_s - go_s);
      setShown((before) =>
        before.phase === 'running' && before.seconds === seconds ? before : { phase: 'running', seconds },
      );
      const minutes = (limit_s - seconds) / 60;
      if (test === 'walk_6_min' && minutes >= 1 && minutes < 6 && Number.isInteger(minutes) && said !== -minutes) {
        said = -minutes;
        say(run.current.t('phone.minutesLeft', { count: minutes }), run.current.language, 'cue');
      }
      if (at_s - go_s >= limit_s) ended();
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') voided('hidden');
    };
    const timer = setInterval(look, LOOK_MS);
    const endForbidden = onForbidden(() => voided('gap'));
    document.addEventListener('visibilitychange', hidden);
    return () => {
      over = true;
      clearInterval(timer);
      endMotion();
      endForbidden();
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [test, end, limit_s]);
  return { ...shown, limit_s, end, finish: () => finish.current() };
}
