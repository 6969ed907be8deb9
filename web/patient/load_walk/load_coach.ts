// SPDX-License-Identifier: Apache-2.0
// Load sensors during a walk: their connections, what they measure, the warning above the limit, and pauses. A walk
// pauses by itself where a sensor is lost, and never goes on by itself.
import type { LoadState, Reprise } from 'reprise-engine';
import { warn } from '../../coach/voice.ts';
import { createDevice, type Device } from '../devices/device.ts';
import type { Asked } from './asked.ts';
import { nextWarning } from './warning.ts';

const LOOK_MS = 50;
/** A look that comes so late was held up, and so were packets: it tells of no silence. Unsourced default. */
const LATE_S = 0.5;

export interface LoadNow extends Omit<LoadState, 'lost' | 'doubled' | 'problem' | 'sensor'> {
  problem: { kind: NonNullable<LoadState['problem']>; place: string | undefined } | undefined;
  /** By the patient or by a problem. */
  paused: boolean;
  /** The patient has begun the zero. */
  begun: boolean;
}

const NOTHING: LoadNow = {
  step: 'lift',
  share: 0,
  trouble: null,
  problem: undefined,
  load: null,
  level: 0,
  steps: 0,
  stepsAbove: 0,
  largest: 0,
  paused: true,
  begun: false,
};

export type LoadCoach = ReturnType<typeof createLoadCoach>;

export function createLoadCoach(reprise: Reprise, { side, limit }: Asked) {
  const worn = reprise.wearLoad({ side, bodyMass_kg: limit.bodyMass_kg, share: limit.share });
  let now = NOTHING;
  let simulated = false;
  let over = false;
  let looked_s = performance.now() / 1000;
  let warned_s: number | undefined;
  const listeners = new Set<() => void>();

  const tell = (next: LoadNow) => {
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    now = next;
    for (const one of listeners) one();
  };

  function pause(paused: boolean) {
    worn.pause(paused);
    warned_s = undefined;
    tell({ ...now, paused, level: 0 });
  }

  function look() {
    if (over) return;
    const time_s = performance.now() / 1000;
    const { problem, sensor, lost, doubled, ...state } = worn.look(time_s);
    const late = time_s - looked_s > LATE_S;
    looked_s = time_s;
    const found = late || problem === null ? undefined : { kind: problem, place: worn.places[sensor ?? -1] };
    const level = now.paused ? 0 : state.level;
    const warning = nextWarning(level, time_s, warned_s);
    warned_s = warning.warned_s;
    if (warning.sounds) warn(level);
    tell({
      ...state,
      level,
      share: Math.round(state.share * 50) / 50,
      load: state.load === null ? null : Math.round(state.load * 1000) / 1000,
      problem: found,
      paused: now.paused,
      begun: now.begun,
    });
    if (!now.paused && (found || state.step !== 'tracking')) pause(true);
  }
  worn.pause(true);
  const timer = setInterval(look, LOOK_MS);

  const devices: readonly { place: string; device: Device }[] = worn.places.map((place, index) => ({
    place,
    device: createDevice('worn_sensor', {
      onDescription: (bytes) => worn.connect(index, bytes),
      onValue: ({ bytes, time_s, simulated: isSimulated }) => {
        if (over) return;
        simulated ||= isSimulated;
        try {
          worn.take(index, bytes, time_s);
        } catch {
          // One packet that cannot be read is left out; the sensor is silent if no other follows.
        }
        // At once: a warning is late by no more than the packet.
        look();
      },
    }),
  }));

  return {
    devices,
    now: () => now,
    onChange(one: () => void) {
      listeners.add(one);
      return () => {
        listeners.delete(one);
      };
    },
    /** From the zero on. */
    calibrate() {
      worn.calibrate();
      tell({ ...now, begun: true });
      look();
    },
    pause,
    isSimulated: () => simulated,
    /** Undefined: nothing was measured. */
    result(startedAt: Date, simulatedPatient: boolean) {
      try {
        return worn.result({ startedAt: startedAt.toISOString(), simulated: simulated || simulatedPatient });
      } catch {
        return undefined; // the engine's reason is for a developer
      }
    },
    /** Lets the sensors go. */
    stop() {
      if (over) return;
      over = true;
      clearInterval(timer);
      for (const { device } of devices) device.close();
      worn.release();
    },
  };
}
