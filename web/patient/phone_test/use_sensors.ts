// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState } from 'react';
import { LEAST_RATE_HZ, RateMeter } from './motion.ts';
import { askForSensors, hasMotionEvents, mustAsk, onMotion } from './sensors.ts';

/** `ask`: only after a touch; `none`: no sample came; `part`: without a rotation rate; `slow`: too few samples. */
export type SensorState = 'ask' | 'denied' | 'waiting' | 'none' | 'part' | 'slow' | 'good';

/** A device that has sensors delivers within this time. Unsourced default. */
const PATIENCE_MS = 3000;
const LOOK_MS = 250;

/** Whether the motion sensors deliver, and how many samples a second. `allow` is for a touch. */
export function useSensors(): { state: SensorState; rate_hz: number; allow: () => void } {
  const [allowed, setAllowed] = useState(!mustAsk());
  const [denied, setDenied] = useState(false);
  const [seen, setSeen] = useState<{ state: SensorState; rate_hz: number }>({ state: 'waiting', rate_hz: 0 });
  const allow = useCallback(() => {
    void askForSensors().then((given) => {
      setAllowed(given);
      setDenied(!given);
    });
  }, []);
  useEffect(() => {
    if (!allowed) return undefined;
    const meter = new RateMeter();
    const began = performance.now();
    let part = false;
    const end = onMotion(({ time_s, motion }) => {
      part = motion === undefined;
      if (motion) meter.add(time_s);
    });
    const look = () => {
      const rate_hz = meter.rate_hz(performance.now() / 1000);
      const late = performance.now() - began > PATIENCE_MS;
      const state: SensorState =
        rate_hz >= LEAST_RATE_HZ ? 'good' : !late ? 'waiting' : rate_hz > 0 ? 'slow' : part ? 'part' : 'none';
      const shown = Math.round(rate_hz);
      setSeen((before) => (before.state === state && before.rate_hz === shown ? before : { state, rate_hz: shown }));
    };
    const timer = setInterval(look, LOOK_MS);
    return () => {
      end();
      clearInterval(timer);
    };
  }, [allowed]);
  if (!hasMotionEvents()) return { state: 'none', rate_hz: 0, allow };
  return allowed ? { ...seen, allow } : { state: denied ? 'denied' : 'ask', rate_hz: 0, allow };
}
