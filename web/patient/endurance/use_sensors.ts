// SPDX-License-Identifier: Apache-2.0
// The strap, the oximeter and the cuff of an endurance session, and what they say now.
import { useEffect, useRef, useState } from 'react';
import type { DeviceNotice, EnduranceDevice, Reprise } from 'reprise-engine';
import { CONTINUOUS_OXYGEN } from '../devices/link.ts';
import { useDevice, type LinkedDevice } from '../devices/use_device.ts';
import { DeviceRecord } from './device_record.ts';
import { HeartRecord, type HeartState } from './heart.ts';
import { isOld } from './values.ts';

const LOOK_MS = 500;
/** An older value of the oximeter says nothing of now. Unsourced default. */
const OXYGEN_LASTS_S = 15;

interface Now {
  state: HeartState;
  /** Undefined: not known now. */
  rate: number | undefined;
  oxygen: number | undefined;
  /** Why the oximeter's last value was not used, or what else it said. */
  oxygenNotice: DeviceNotice | undefined;
}

/** What the cuff's last reading came to. `notices`: what the cuff said of it. */
export interface CuffSays {
  result: 'waiting' | 'failed' | 'old' | 'given' | 'spoiled';
  notices: readonly DeviceNotice[];
}

const NOTHING_SAID: CuffSays = { result: 'waiting', notices: [] };

const isSame = (a: Now, b: Now) =>
  a.state === b.state && a.rate === b.rate && a.oxygen === b.oxygen && a.oxygenNotice === b.oxygenNotice;
const wasConnected = ({ state, name }: LinkedDevice) => state === 'connected' || state === 'lost' || name !== undefined;

/** `onPressure`: a reading of the cuff that can be used, in mmHg; undefined: none is wanted now. */
export function useSensors(reprise: Reprise, onPressure: ((systolic: number, diastolic: number) => void) | undefined) {
  const [heart] = useState(() => new HeartRecord());
  const [records] = useState(() => ({
    strap: new DeviceRecord('heart_rate_strap'),
    oximeter: new DeviceRecord('pulse_oximeter'),
    cuff: new DeviceRecord('blood_pressure_monitor'),
  }));
  const simulated = useRef(false);
  const oxygen = useRef<{ percent: number; time_s: number }[]>([]);
  const oxygenSaid = useRef<{ notice: DeviceNotice | undefined; time_s: number }>({ notice: undefined, time_s: 0 });
  const [now, setNow] = useState<Now>({
    state: 'waiting',
    rate: undefined,
    oxygen: undefined,
    oxygenNotice: undefined,
  });
  const [cuffSays, setCuffSays] = useState(NOTHING_SAID);
  const strap = useDevice('heart_rate', (value) => {
    try {
      const sent = reprise.heartRateValue(value.bytes);
      heart.add(sent, value.time_s);
      const noContact = sent.contact === 'lost';
      records.strap.add({ usable: sent.rate_bpm !== null && !noContact, noContact });
      simulated.current ||= value.simulated;
    } catch {
      // One value that cannot be read is left out; the strap is silent if no other follows.
      records.strap.add({ usable: false });
    }
  });
  const oximeter = useDevice('pulse_oximeter', (value) => {
    try {
      const sent = reprise.oxygenValue(value.bytes, value.characteristic === CONTINUOUS_OXYGEN);
      const { saturation_percent: percent, notices } = sent;
      // A value that the device doubts ends those before it: they say nothing of now.
      oxygen.current = percent === null ? [] : [...oxygen.current, { percent, time_s: value.time_s }].slice(-2);
      oxygenSaid.current = { notice: notices[0], time_s: value.time_s };
      records.oximeter.add({ usable: percent !== null, notices });
      simulated.current ||= value.simulated;
    } catch {
      records.oximeter.add({ usable: false });
    }
  });
  const cuff = useDevice('blood_pressure', ({ bytes, simulated: bySimulation }) => {
    if (!onPressure) return;
    try {
      const { systolic_mmhg, diastolic_mmhg, taken, notices } = reprise.bloodPressureValue(bytes);
      const isSpoiled = systolic_mmhg === null || diastolic_mmhg === null;
      const old = isOld(taken, new Date());
      if (!old) records.cuff.add({ usable: !isSpoiled, notices });
      setCuffSays({ result: old ? 'old' : isSpoiled ? 'spoiled' : 'given', notices: old ? [] : notices });
      if (old || isSpoiled) return;
      onPressure(systolic_mmhg, diastolic_mmhg);
      simulated.current ||= bySimulation;
    } catch {
      records.cuff.add({ usable: false });
      setCuffSays({ result: 'failed', notices: [] });
    }
  });
  useEffect(() => {
    const timer = setInterval(() => {
      const now_s = performance.now() / 1000;
      const isRecent = ({ time_s }: { time_s: number }) => now_s - time_s <= OXYGEN_LASTS_S;
      const recent = oxygen.current.filter(isRecent);
      const next: Now = {
        state: heart.state(now_s),
        rate: heart.rateNow(now_s),
        // The higher of the last two: one artefact stops no session.
        oxygen: recent.length === 0 ? undefined : Math.max(...recent.map(({ percent }) => percent)),
        oxygenNotice: isRecent(oxygenSaid.current) ? oxygenSaid.current.notice : undefined,
      };
      setNow((before) => (isSame(before, next) ? before : next));
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [heart]);
  return {
    strap,
    oximeter,
    cuff,
    cuffSays,
    /** What it said is of another moment. */
    forgetCuff: () => setCuffSays(NOTHING_SAID),
    now,
    /** The session starts: values sent while the devices were put on do not count. */
    begin: () => {
      records.strap.begin();
      records.oximeter.begin();
    },
    devices: (): EnduranceDevice[] =>
      [
        records.strap.result(strap, wasConnected(strap)),
        records.oximeter.result(oximeter, wasConnected(oximeter)),
        records.cuff.result(cuff, wasConnected(cuff)),
      ].filter((one) => one !== undefined),
    /** By the page's clock. */
    ratesSince: (start_s: number) => heart.rates(start_s),
    simulated: () => simulated.current,
  };
}

export type Sensors = ReturnType<typeof useSensors>;
