// SPDX-License-Identifier: Apache-2.0
// The strap and the oximeter of an endurance session, and what they say now.
import { useEffect, useRef, useState } from 'react';
import type { Reprise } from 'reprise-engine';
import { HeartRecord, type HeartState } from './heart.ts';
import { useDevice } from '../devices/use_device.ts';

const LOOK_MS = 500;
/** An older value of the oximeter says nothing of now. Unsourced default. */
const OXYGEN_LASTS_S = 15;

interface Now {
  state: HeartState;
  /** Undefined: not known now. */
  rate: number | undefined;
  oxygen: number | undefined;
}

export function useSensors(reprise: Reprise) {
  const [heart] = useState(() => new HeartRecord());
  const simulated = useRef(false);
  const oxygen = useRef<{ percent: number; time_s: number }[]>([]);
  const [now, setNow] = useState<Now>({ state: 'waiting', rate: undefined, oxygen: undefined });
  const strap = useDevice('heart_rate', (value) => {
    try {
      heart.add(reprise.heartRateValue(value.bytes), value.time_s);
      simulated.current ||= value.simulated;
    } catch {
      // One value that cannot be read is left out; the strap is silent if no other follows.
    }
  });
  const oximeter = useDevice('pulse_oximeter', (value) => {
    try {
      const { saturation_percent } = reprise.oxygenValue(value.bytes);
      if (saturation_percent !== null)
        oxygen.current = [...oxygen.current, { percent: saturation_percent, time_s: value.time_s }].slice(-2);
      simulated.current ||= value.simulated;
    } catch {
      // as above
    }
  });
  useEffect(() => {
    const timer = setInterval(() => {
      const now_s = performance.now() / 1000;
      const recent = oxygen.current.filter(({ time_s }) => now_s - time_s <= OXYGEN_LASTS_S);
      const next: Now = {
        state: heart.state(now_s),
        rate: heart.rateNow(now_s),
        // The higher of the last two: one artefact stops no session.
        oxygen: recent.length === 0 ? undefined : Math.max(...recent.map(({ percent }) => percent)),
      };
      setNow((before) =>
        before.state === next.state && before.rate === next.rate && before.oxygen === next.oxygen ? before : next,
      );
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [heart]);
  return {
    strap,
    oximeter,
    now,
    /** By the page's clock. */
    ratesSince: (start_s: number) => heart.rates(start_s),
    simulated: () => simulated.current,
    /** For another device, as a cuff. */
    markSimulated: () => {
      simulated.current = true;
    },
  };
}
