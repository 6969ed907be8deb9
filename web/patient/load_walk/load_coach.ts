// SPDX-License-Identifier: Apache-2.0
// Load sensors during a walk: their connections, what they measure, the warning above the limit, and pauses. A walk
// pauses by itself where a sensor is lost or the page is hidden, and never goes on by itself.
import type { LoadState, MeasuredResult, Reprise } from 'reprise-engine';
import { warn } from '../../coach/voice.ts';
import { createDevice, type Device } from '../devices/device.ts';
import type { Asked } from './asked.ts';
import { limitShare } from './kilograms.ts';
import { nextWarning, type Warned } from './warning.ts';

const LOOK_MS = 50;
/** A look that comes so late was held up, and so were packets: it tells of no silence. Unsourced default. */
const LATE_S = 0.5;

/** Why a walk pauses by itself. */
export interface Stop {
  kind: NonNullable<LoadState['problem']> | 'lost' | 'hidden';
  place: string | undefined;
}

export interface LoadNow extends Omit<LoadState, 'lost' | 'doubled' | 'problem' | 'sensor'> {
  /** At this moment. */
  problem: { kind: NonNullable<LoadState['problem']>; place: string | undefined } | undefined;
  /** By the patient or by a problem. */
  paused: boolean;
  /** Why it paused by itself; until the patient goes on, or sets the sensors up again. */
  stopped: Stop | undefined;
  /** The patient has begun the zero. */
  begun: boolean;
}

/** What a walk left. */
export interface Walked {
  result: MeasuredResult;
  endedAt: Date;
  simulated: boolean;
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
  largest: null,
  paused: true,
  stopped: undefined,
  begun: false,
};

/** Without a new zero and check these would only come again. */
const NEED_SET_UP: readonly Stop['kind'][] = ['lost', 'zero_off', 'unfelt', 'delayed'];
export const needsSetUp = ({ step, problem, stopped }: LoadNow) =>
  step !== 'tracking' || [problem, stopped].some((one) => one !== undefined && NEED_SET_UP.includes(one.kind));

export type LoadCoach = ReturnType<typeof createLoadCoach>;

export function createLoadCoach(reprise: Reprise, asked: Pick<Asked, 'side' | 'limit'>) {
  const limit = limitShare(asked);
  const worn = reprise.wearLoad({ side: asked.side, bodyMass_kg: asked.limit.bodyMass_kg, share: limit });
  let now = NOTHING;
  let simulated = false;
  let over = false;
  let ended: { walked: Walked | undefined } | undefined;
  let looked_s = performance.now() / 1000;
  let wasLate = false;
  let warned: Warned | undefined;
  let attempt = 0; // to go on; only the last one counts
  const listeners = new Set<() => void>();

  const tell = (next: LoadNow) => {
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    now = next;
    for (const one of listeners) one();
  };
  // Rounded, but never across the limit.
  const rounded = (load: number) => (load > limit ? Math.ceil(load * 1000) : Math.floor(load * 1000)) / 1000;

  function pause(stopped?: Stop) {
    if (over) return;
    attempt += 1;
    worn.pause(true);
    warned = undefined;
    tell({ ...now, paused: true, level: 0, stopped: stopped ?? now.stopped });
  }

  function look() {
    if (over) return;
    const time_s = performance.now() / 1000;
    const { problem, sensor, lost: _, doubled: __, ...state } = worn.look(time_s);
    // Where each look is late no packet waits for the next one.
    const late = time_s - looked_s > LATE_S;
    const isExcused = late && !wasLate;
    looked_s = time_s;
    wasLate = late;
    const found = isExcused || problem === null ? undefined : { kind: problem, place: worn.places[sensor ?? -1] };
    const isChecked = now.begun && state.step === 'stand';
    const level = isChecked || !now.paused ? state.level : 0;
    const warning = nextWarning(level, time_s, warned);
    warned = warning.warned;
    if (warning.sounds) warn(level);
    tell({
      ...state,
      level,
      share: Math.round(state.share * 50) / 50,
      load: state.load === null ? null : rounded(state.load),
      problem: found,
      paused: now.paused,
      stopped: now.stopped,
      begun: now.begun,
    });
    if (now.paused) return;
    if (state.step !== 'tracking') pause({ kind: 'lost', place: undefined });
    else if (found) pause(found);
  }
  worn.pause(true);
  const timer = setInterval(look, LOOK_MS);

  const devices: readonly { place: string; device: Device }[] = worn.places.map((place, index) => ({
    place,
    device: createDevice('worn_sensor', {
      onDescription: (bytes) => {
        if (!over) worn.connect(index, bytes);
      },
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

  /** Lets the sensors go. */
  function stop() {
    if (over) return;
    attempt += 1;
    over = true;
    clearInterval(timer);
    for (const { device } of devices) device.close();
    worn.release();
    tell({ ...now, paused: true, level: 0 });
  }

  function measured(startedAt: Date, simulatedPatient: boolean): Walked | undefined {
    try {
      const of = { startedAt: startedAt.toISOString(), simulated: simulated || simulatedPatient };
      return { result: worn.result(of), endedAt: new Date(), simulated: of.simulated };
    } catch {
      return undefined; // the engine's reason is for a developer
    }
  }

  return {
    devices,
    now: () => now,
    onChange(one: () => void) {
      listeners.add(one);
      return () => {
        listeners.delete(one);
      };
    },
    /** From the zero on; from a touch. */
    calibrate() {
      if (over) return;
      worn.calibrate();
      warned = undefined;
      tell({ ...now, begun: true, stopped: undefined });
      look();
    },
    /** The sensors are set up again: by the next `calibrate`. */
    setUpAgain() {
      pause();
      if (!over) tell({ ...now, begun: false, stopped: undefined });
    },
    /** By the patient. */
    pause: () => pause(),
    /** The page cannot be seen: a sound may not come, and silence would be taken for a load below the limit. */
    hide() {
      attempt += 1;
      if (over) return;
      if (!now.paused) pause({ kind: 'hidden', place: undefined });
      else if (now.begun && now.step !== 'tracking' && !now.stopped) {
        worn.calibrate();
        warned = undefined;
        tell({ ...now, begun: false, level: 0, stopped: { kind: 'hidden', place: undefined } });
      }
    },
    /**
     * From a touch: walks on as soon as the record had a moment to tell of changes. Returns whether it does: not where
     * anything pauses or ends it meanwhile.
     */
    async goOn(looked: Promise<unknown>): Promise<boolean> {
      attempt += 1;
      const mine = attempt;
      await looked.catch(() => {});
      if (over || mine !== attempt || needsSetUp(now) || now.problem) return false;
      worn.pause(false);
      warned = undefined;
      tell({ ...now, paused: false, stopped: undefined });
      return true;
    },
    /**
     * Measures the walk and lets the sensors go; later calls return the same. `startedAt`: undefined: it was not begun.
     * Undefined: nothing was measured.
     */
    end(startedAt: Date | undefined, simulatedPatient: boolean): Walked | undefined {
      if (!ended) {
        pause();
        ended = { walked: over || !startedAt ? undefined : measured(startedAt, simulatedPatient) };
        stop();
      }
      return ended.walked;
    },
    stop,
  };
}
