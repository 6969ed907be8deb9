// SPDX-License-Identifier: Apache-2.0
import type { WornState } from 'reprise-engine';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SetLook } from '../set_watcher.ts';
import type { Watched } from '../use_watched.ts';
import { createSensorCoach } from './sensor_coach.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { bluetooth: { requestDevice: () => new Promise(() => {}) } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Sensors on a muscle that have learned it. */
function worn_muscle() {
  let step: WornState['step'] = 'tracking';
  const set = { step: vi.fn(() => []), release: vi.fn(), count: 1, now: undefined };
  const worn = {
    places: ['left'],
    connect: vi.fn(),
    take: vi.fn(),
    look: () => ({
      step,
      share: 0,
      trouble: null,
      problem: null,
      sensor: null,
      moments: [{ time_s: performance.now() / 1000, value: 0.5 }],
    }),
    calibrate: vi.fn(() => {
      step = 'relax';
    }),
    set: () => set,
    release: vi.fn(),
  };
  const prescribed = {
    order: { side: 'left', ceiling: null, muscle: { muscle: 'biceps', side: 'left', share: 40, hold: 3 } },
    exercise: { wear: () => worn },
    facts: { measure: 'muscle_activity' },
  } as unknown as Watched;
  return {
    worn,
    set,
    prescribed,
    reconnects_otherwise: () => {
      step = 'relax';
    },
  };
}

test('a sensor that was chosen by a touch has to be learned anew', () => {
  const { worn, prescribed } = worn_muscle();
  const coach = createSensorCoach();
  const [one] = coach.wear(prescribed, 'muscle');
  coach.calibrate();
  expect(coach.now().begun).toBe(true);
  one?.device.connect();
  expect(worn.calibrate).toHaveBeenCalledTimes(2);
  expect(coach.now()).toMatchObject({ begun: false, step: 'relax' });
  coach.stop();
});

test('a set whose sensor has to be learned anew pauses, and nothing more is counted', async () => {
  const { set, prescribed, reconnects_otherwise } = worn_muscle();
  const coach = createSensorCoach();
  coach.wear(prescribed, 'muscle');
  await coach.begin(prescribed);
  coach.mode = 'set';
  const looks: SetLook[] = [];
  coach.onLook((look) => looks.push(look));
  vi.advanceTimersByTime(200);
  expect(looks.at(-1)?.worn).toBeUndefined();
  expect(set.step).toHaveBeenCalled();
  reconnects_otherwise();
  vi.advanceTimersByTime(50);
  expect(looks.at(-1)?.worn).toMatchObject({ kind: 'unlearned', say: true, pause: true });
  coach.mode = 'paused';
  vi.advanceTimersByTime(50);
  expect(looks.at(-1)?.worn).toMatchObject({ kind: 'unlearned', pause: false });
  coach.forget();
  expect(coach.now()).toMatchObject({ begun: false, problem: undefined });
  expect(set.release).toHaveBeenCalledTimes(1);
  coach.stop();
});
