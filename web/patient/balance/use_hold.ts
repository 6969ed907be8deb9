// SPDX-License-Identifier: Apache-2.0
// A hold under way: countdown, clock, its end that is heard, and what interrupts it.
import { useEffect, useRef, useState } from 'react';
import type { BalanceLevel } from 'reprise-engine';
import { say, signal } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Recording } from '../phone_test/motion.ts';
import { onMotion } from '../phone_test/sensors.ts';
import type { Place } from './session_store.ts';

/** Seconds to get into the stance; with the phone to be put away, more. Unsourced defaults. */
export const GET_READY_S: Record<Place, number> = { beside: 8, pocket: 20 };
const SAID_S = 3;
const LOOK_MS = 100;

export interface Clocked {
  /** By the page's clock. */
  go_s: number;
  held_s: number;
  startedAt: Date;
  recording: Recording;
  simulated: boolean;
}

interface Events {
  /** To its end. */
  onEnd: (clocked: Clocked) => void;
  onInterrupted: () => void;
}

const now_s = () => performance.now() / 1000;

/** `number`: the one to count backwards from. Returns what to show, and a function that ends the hold now. */
export function useHold(level: BalanceLevel, place: Place, number: number, events: Events) {
  const { t, language } = useLanguage();
  const [shown, setShown] = useState({ running: false, seconds: GET_READY_S[place] });
  const current = useRef({ events, t, language });
  useEffect(() => {
    current.current = { events, t, language };
  }, [events, t, language]);
  const finish = useRef<() => Clocked | undefined>(() => undefined);
  const { hold_s, eyesClosed, dualTask } = level;

  useEffect(() => {
    const go_s = now_s() + GET_READY_S[place];
    const recording = new Recording();
    let simulated = false;
    let over = false;
    let startedAt: Date | undefined;
    let counted: number | undefined;
    const tell = (key: Parameters<typeof t>[0], sound: 'done' | 'stop' | 'cue', values = {}) =>
      signal(current.current.t(key, values), current.current.language, sound);
    const clocked = (held_s: number): Clocked | undefined => {
      if (over || !startedAt) return undefined;
      over = true;
      return { go_s, held_s, startedAt, recording, simulated };
    };
    // The clock was read a little late: no hold is shorter than no time.
    finish.current = () => clocked(Math.min(hold_s, Math.max(0, now_s() - go_s)));
    const interrupt = () => {
      if (over) return;
      over = true;
      tell(eyesClosed && startedAt ? 'balance.said.interruptedClosed' : 'balance.said.interrupted', 'stop');
      current.current.events.onInterrupted();
    };
    const endMotion =
      place === 'pocket'
        ? onMotion((sample) => {
            simulated ||= sample.simulated;
            if (!over && sample.motion && sample.time_s >= go_s) recording.add(sample.time_s, sample.motion);
          })
        : () => {};
    const look = () => {
      if (over) return;
      const left_s = Math.ceil(go_s - now_s());
      if (left_s > 0) {
        if (left_s <= SAID_S && left_s !== counted) say(String(left_s), current.current.language, 'count');
        counted = left_s;
        setShown((before) => (before.seconds === left_s ? before : { running: false, seconds: left_s }));
        return;
      }
      if (!startedAt) {
        startedAt = new Date();
        const key = eyesClosed ? 'balance.said.closed' : dualTask ? 'balance.said.count' : 'balance.said.go';
        tell(dualTask && eyesClosed ? 'balance.said.closedCount' : key, 'cue', { number });
      }
      const to_s = Math.ceil(go_s + hold_s - now_s());
      if (to_s > 0) {
        setShown((before) => (before.running && before.seconds === to_s ? before : { running: true, seconds: to_s }));
        return;
      }
      const ended = clocked(hold_s);
      if (!ended) return;
      tell(eyesClosed ? 'balance.said.open' : 'balance.said.end', 'done');
      current.current.events.onEnd(ended);
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') interrupt();
    };
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      over = true;
      clearInterval(timer);
      endMotion();
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [place, hold_s, eyesClosed, dualTask, number]);
  return { ...shown, end: () => finish.current() };
}
