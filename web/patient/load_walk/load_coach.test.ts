// SPDX-License-Identifier: Apache-2.0
// Load sensors during a walk, with a fake of the engine's.
import type { LoadState, Reprise } from 'reprise-engine';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { warn } from '../../coach/voice.ts';
import { createLoadCoach, needsSetUp } from './load_coach.ts';

vi.mock('../../coach/voice.ts', () => ({ warn: vi.fn(), alarm: vi.fn() }));

vi.mock('../devices/device.ts', () => ({ createDevice: () => ({ close: () => {} }) }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.clearAllMocks();
  vi.useRealTimers();
});

const STATE: LoadState = {
  step: 'tracking',
  share: 1,
  trouble: null,
  problem: null,
  sensor: null,
  lost: 0,
  doubled: 0,
  load: 0.1,
  level: 0,
  steps: 0,
  stepsAbove: 0,
  largest: null,
};
const asked = {
  side: 'left',
  limit: { amount: 30, unit: '%', bodyMass_kg: 75, helper: true, share: 0.3 },
} as const;

function fake() {
  let state = STATE;
  let released = false;
  const alive = () => {
    if (released) throw new Error('released');
  };
  const worn = {
    places: ['left_foot', 'right_foot'],
    connect: vi.fn(alive),
    take: vi.fn(alive),
    look: () => {
      alive();
      return state;
    },
    calibrate: vi.fn(alive),
    pause: vi.fn(alive),
    result: vi.fn(() => {
      alive();
      if (state.steps === 0) throw new Error('nothing was measured');
      return { values: [] };
    }),
    release: () => {
      released = true;
    },
  };
  const wearLoad = vi.fn(() => worn);
  const coach = createLoadCoach({ wearLoad } as unknown as Reprise, asked);
  return {
    coach,
    worn,
    wearLoad,
    set: (change: Partial<LoadState>) => {
      state = { ...state, ...change };
      vi.advanceTimersByTime(50);
    },
  };
}

/** A walk under way. */
async function walking() {
  const all = fake();
  all.coach.calibrate();
  expect(await all.coach.goOn(Promise.resolve())).toBe(true);
  return all;
}

describe('the limit', () => {
  it('is the whole kilograms that the patient reads', () => {
    expect(fake().wearLoad).toHaveBeenCalledWith({ side: 'left', bodyMass_kg: 75, share: 22 / 75 });
  });

  it('is never crossed by rounding', async () => {
    const { coach, set } = await walking();
    set({ load: 22.01 / 75 });
    expect(coach.now().load).toBeGreaterThan(22 / 75);
    set({ load: 21.99 / 75 });
    expect(coach.now().load).toBeLessThan(22 / 75);
  });

  it('warns during the check as during the walk, and not before or while paused', async () => {
    const { coach, set } = fake();
    set({ step: 'stand', level: 2 });
    expect(warn).not.toHaveBeenCalled();
    coach.calibrate();
    expect(warn).toHaveBeenLastCalledWith(2);
    expect(coach.now().level).toBe(2);
    set({ step: 'tracking', level: 3 });
    expect(coach.now().level).toBe(0);
    expect(warn).toHaveBeenCalledTimes(1);
    await coach.goOn(Promise.resolve());
    set({ level: 3 });
    expect(warn).toHaveBeenLastCalledWith(3);
  });
});

describe('a pause by itself', () => {
  it('keeps its reason until the patient goes on', async () => {
    const { coach, set } = await walking();
    set({ problem: 'silent', sensor: 1 });
    const stopped = { kind: 'silent', place: 'right_foot' };
    expect(coach.now()).toMatchObject({ paused: true, problem: stopped, stopped });
    expect(await coach.goOn(Promise.resolve())).toBe(false);
    set({ problem: null, sensor: null });
    expect(coach.now()).toMatchObject({ paused: true, problem: undefined, stopped });
    expect(needsSetUp(coach.now())).toBe(false);
    expect(await coach.goOn(Promise.resolve())).toBe(true);
    expect(coach.now()).toMatchObject({ paused: false, stopped: undefined });
  });

  it.each(['unfelt', 'delayed', 'zero_off'] as const)('after %s wants the sensors set up again', async (problem) => {
    const { coach, set } = await walking();
    set({ problem, sensor: 0 });
    set({ problem: null, sensor: null });
    expect(needsSetUp(coach.now())).toBe(true);
    expect(await coach.goOn(Promise.resolve())).toBe(false);
    coach.setUpAgain();
    expect(coach.now()).toMatchObject({ begun: false, stopped: undefined });
  });

  it('after a lost connection wants the set-up again, though the sensors have found themselves', async () => {
    const { coach, set } = await walking();
    set({ step: 'lift' });
    set({ step: 'tracking' });
    expect(coach.now()).toMatchObject({ paused: true, stopped: { kind: 'lost' } });
    expect(needsSetUp(coach.now())).toBe(true);
  });

  it('comes where the page is hidden, and the check is begun anew then', async () => {
    const { coach, set } = await walking();
    coach.hide();
    expect(coach.now()).toMatchObject({ paused: true, stopped: { kind: 'hidden' } });
    expect(needsSetUp(coach.now())).toBe(false);
    coach.calibrate();
    set({ step: 'stand' });
    coach.hide();
    expect(coach.now()).toMatchObject({ begun: false, stopped: { kind: 'hidden' } });
  });

  it('comes for silence though every look is late', async () => {
    const { coach, worn } = await walking();
    worn.look = () => ({ ...STATE, problem: 'silent', sensor: 0 });
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now());
    const late = () => {
      vi.setSystemTime(Date.now() + 1000);
      vi.advanceTimersByTime(50);
    };
    late();
    expect(coach.now().paused).toBe(false);
    late();
    expect(coach.now()).toMatchObject({ paused: true, stopped: { kind: 'silent' } });
    vi.mocked(performance.now).mockRestore();
  });
});

describe('going on', () => {
  it.each(['pause', 'hide', 'setUpAgain', 'stop'] as const)('is given up by %s meanwhile', async (what) => {
    const { coach } = fake();
    coach.calibrate();
    let answer = () => {};
    const goes = coach.goOn(
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
    );
    coach[what]();
    answer();
    expect(await goes).toBe(false);
    expect(coach.now().paused).toBe(true);
  });

  it('comes also where the record cannot be asked', async () => {
    const { coach } = fake();
    coach.calibrate();
    expect(await coach.goOn(Promise.reject(new Error('no network')))).toBe(true);
  });
});

describe('the end', () => {
  it('gives the same again, and nothing acts after it', async () => {
    const { coach, worn, set } = await walking();
    set({ steps: 3 });
    const startedAt = new Date();
    const walked = coach.end(startedAt, false);
    expect(walked?.result).toStrictEqual({ values: [] });
    expect(coach.end(startedAt, false)).toBe(walked);
    expect(worn.result).toHaveBeenCalledTimes(1);
    coach.pause();
    coach.calibrate();
    coach.setUpAgain();
    coach.hide();
    coach.stop();
    expect(await coach.goOn(Promise.resolve())).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(coach.now().paused).toBe(true);
  });

  it('of a walk without a measurement, or not begun, is nothing, as often as it comes', async () => {
    for (const startedAt of [new Date(), undefined]) {
      const { coach } = await walking();
      expect([coach.end(startedAt, false), coach.end(startedAt, false)]).toStrictEqual([undefined, undefined]);
    }
  });

  it('after the page was left measures nothing', () => {
    const { coach } = fake();
    coach.stop();
    expect(coach.end(new Date(), false)).toBeUndefined();
  });
});
