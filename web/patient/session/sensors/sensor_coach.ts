// SPDX-License-Identifier: Apache-2.0
// Sensors on the body during a session, and the sets that they count. They stay connected, with their calibration, from
// set to set, and for the next exercise that needs the same ones.
import type { Exercise, SensorSet, WornSensors, WornState } from 'reprise-engine';
import { createDevice, type Device } from '../../devices/device.ts';
import type { Mode, SetLook, SetWatcher } from '../set_watcher.ts';
import type { Watched } from '../use_watched.ts';
import type { Way } from './ways.ts';
import { watchProblems, type WornFinding, type WornProblem } from './worn_state.ts';

const LOOK_MS = 50;
/** A look that comes so late was held up, and so were packets: it tells of no silence. Unsourced default. */
const LATE_S = 0.5;
const NO_PROBLEM: WornFinding = { problem: null, sensor: null };
const UNLEARNED: WornFinding = { problem: 'unlearned', sensor: null };

export interface WornDevice {
  /** "left_thigh"; of a muscle: the side. */
  place: string;
  device: Device;
}

/** What the screens show of the sensors. */
export interface WornNow extends Pick<WornState, 'step' | 'share' | 'trouble'> {
  problem: Pick<WornProblem, 'kind' | 'place'> | undefined;
  /** The patient has begun the calibration: a step before that is that of a limb that is anywhere. */
  begun: boolean;
}

export interface SensorCoach extends SetWatcher {
  /** The sensors for an exercise; those that are on stay on, with their calibration. */
  wear(watched: Watched, way: Way): readonly WornDevice[];
  now(): WornNow;
  onChange(listener: () => void): () => void;
  /** Begins the calibration anew. */
  calibrate(): void;
  /** Lets the patient begin it anew: the sensors may sit elsewhere now. */
  forget(): void;
  /** Lets all sensors go. */
  stop(): void;
}

const NOTHING: WornNow = { step: 'pose', share: 0, trouble: null, problem: undefined, begun: false };

/** A set that is finished at most once. */
function held(set: SensorSet) {
  let over = false;
  return {
    set,
    coach: {
      async finish({ language, set: done }: { language: string; set: Parameters<SensorSet['setBundle']>[0] }) {
        set.finish();
        const finished = set.setBundle(done, { language });
        const { count } = set;
        over = true;
        set.release();
        return { count, ...finished };
      },
    },
    discard() {
      if (!over) set.release();
      over = true;
    },
    isOver: () => over,
  };
}

export function createSensorCoach(): SensorCoach {
  let worn: WornSensors | undefined;
  let wornAs = '';
  /** What the next set counts. */
  let counted: Exercise | undefined;
  let devices: readonly WornDevice[] = [];
  let current: ReturnType<typeof held> | undefined;
  let simulated = false;
  let problems = watchProblems();
  let looked_s = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = NOTHING;
  const looks = new Set<(look: SetLook) => void>();
  const listeners = new Set<() => void>();

  const tell = (next: WornNow) => {
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    now = next;
    for (const one of listeners) one();
  };

  function look() {
    if (!worn) return;
    const time_s = performance.now() / 1000;
    const { step, share, trouble, moments, ...state } = worn.look(time_s);
    const inSet = coach.mode === 'set';
    const late = time_s - looked_s > LATE_S;
    looked_s = time_s;
    const on = current && !current.isOver();
    const found = on && step !== 'tracking' ? UNLEARNED : late ? NO_PROBLEM : state;
    const problem = problems(found, worn.places, time_s, inSet);
    tell({
      step,
      share: Math.round(share * 50) / 50,
      trouble,
      problem: problem && { kind: problem.kind, place: problem.place },
      begun: now.begun,
    });
    if (!current || !on) return;
    const { set } = current;
    const events = inSet ? moments.flatMap((one) => set.step({ ...one, simulated })) : [];
    const seen: SetLook = { time_s, events, count: set.count, now: set.now, worn: problem };
    for (const one of looks) one(seen);
  }

  function letGo() {
    clearInterval(timer);
    for (const { device } of devices) device.close();
    devices = [];
    current?.discard();
    current = undefined;
    worn?.release();
    worn = undefined;
    wornAs = '';
    simulated = false;
  }

  /** Whatever set was on is left. */
  function learn(begun: boolean) {
    current?.discard();
    current = undefined;
    worn?.calibrate();
    tell({ ...now, begun });
    look();
  }

  function deviceOf(on: WornSensors, index: number): Device {
    const device = createDevice('worn_sensor', {
      onDescription: (bytes) => on.connect(index, bytes),
      onValue: ({ bytes, time_s, simulated: isSimulated }) => {
        simulated ||= isSimulated;
        try {
          on.take(index, bytes, time_s);
        } catch {
          // One packet that cannot be read is left out; the sensor is silent if no other follows.
        }
      },
    });
    return {
      ...device,
      connect() {
        // Chosen by a touch, it may be another one, or sit elsewhere; one that is found again is neither.
        learn(false);
        device.connect();
      },
    };
  }

  const coach: SensorCoach = {
    kind: 'sensors',
    mode: 'paused' as Mode,
    get coach() {
      return current?.coach;
    },
    wear({ order, exercise, facts }, way) {
      const side = way === 'muscle' ? order.muscle?.side : order.side;
      if (!side) throw new Error('an exercise without a side for its sensors');
      counted = exercise;
      const as = way === 'muscle' ? `${order.muscle?.muscle} ${side}` : `${facts.measure} ${side}`;
      if (worn && as === wornAs) return devices;
      letGo();
      const on = exercise.wear(side);
      worn = on;
      wornAs = as;
      problems = watchProblems();
      now = { ...NOTHING, step: way === 'muscle' ? 'relax' : 'pose' };
      devices = on.places.map((place, index) => ({ place, device: deviceOf(on, index) }));
      timer = setInterval(look, LOOK_MS);
      return devices;
    },
    now: () => now,
    onChange(one) {
      listeners.add(one);
      return () => {
        listeners.delete(one);
      };
    },
    calibrate: () => learn(true),
    forget: () => learn(false),
    async begin({ order: { side, ceiling } }) {
      if (!worn || !counted) throw new Error('no sensors are worn');
      current?.discard();
      current = held(worn.set(counted, { ...(side && { side }), ...(ceiling !== null && { ceiling }) }));
    },
    onLook(one) {
      looks.add(one);
      return () => {
        looks.delete(one);
      };
    },
    stop: letGo,
  };
  return coach;
}
