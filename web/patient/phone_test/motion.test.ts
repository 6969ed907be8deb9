// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { LEAST_RATE_HZ, LONGEST_GAP_S, RateMeter, Recording, StillnessWatch, type Motion } from './motion.ts';

const at_rest: Motion = [0, 9.81, 0, 0, 0, 0];

/** Times that alternate between two intervals, as phones deliver them. */
const irregular = (from: number, to: number) => {
  const times = [];
  for (let t = from, i = 0; t < to; t += i++ % 2 ? 0.016 : 0.026) times.push(t);
  return times;
};

describe('recording', () => {
  it('keeps thousands of samples in order, with times from the start on', () => {
    const recording = new Recording();
    const times = irregular(100, 460);
    for (const [i, t] of times.entries()) recording.add(t, [i, 1, 2, 3, 4, 5]);
    expect(recording.count).toBe(times.length);
    const { times: kept, motion } = recording.samples(100);
    expect(kept).toHaveLength(times.length);
    expect(motion).toHaveLength(6 * times.length);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBeCloseTo((times.at(-1) ?? 0) - 100);
    expect([...motion.slice(-6)]).toStrictEqual([times.length - 1, 1, 2, 3, 4, 5]);
    expect(recording.rate_hz).toBeCloseTo(1 / 0.021, 1);
  });

  it('leaves out samples that are not later than the last', () => {
    const recording = new Recording();
    for (const t of [1, 1.02, 1.02, 0.9, 1.04]) recording.add(t, at_rest);
    expect(recording.count).toBe(3);
  });

  it('finds its longest gap', () => {
    const recording = new Recording();
    for (const t of [0, 0.02, 0.52, 0.54]) recording.add(t, at_rest);
    expect(recording.gap_s).toBeCloseTo(0.5);
    expect(recording.gap_s > LONGEST_GAP_S).toBe(false);
    recording.add(1.05, at_rest);
    expect(recording.gap_s > LONGEST_GAP_S).toBe(true);
  });

  it('is empty at first', () => {
    const recording = new Recording();
    expect([recording.count, recording.rate_hz, recording.gap_s, recording.last_s]).toStrictEqual([0, 0, 0, undefined]);
  });
});

describe('rate', () => {
  const rate_of = (rate_hz: number, seconds: number, later_s = 0) => {
    const meter = new RateMeter();
    const count = Math.round(rate_hz * seconds);
    for (let i = 0; i <= count; ++i) meter.add(i / rate_hz);
    return meter.rate_hz(count / rate_hz + later_s);
  };
  it('is that of the last seconds, also where it is irregular', () => {
    expect(rate_of(60, 5)).toBeCloseTo(60);
    expect(rate_of(25, 5)).toBeCloseTo(25);
    const meter = new RateMeter();
    for (const t of irregular(0, 4)) meter.add(t);
    expect(meter.rate_hz(4)).toBeCloseTo(1 / 0.021, 0);
  });

  it('is too low below 20 a second, and none after a pause or at first', () => {
    expect(rate_of(19, 5)).toBeLessThan(LEAST_RATE_HZ);
    expect(rate_of(60, 5, 0.6)).toBe(0);
    expect(rate_of(60, 0.5)).toBe(0);
    expect(new RateMeter().rate_hz(1)).toBe(0);
  });
});

describe('the end by stillness', () => {
  /** When it ends; `moves`: from and to. */
  const ends_at = (moves: readonly [number, number], until: number, noise = 0.05) => {
    const watch = new StillnessWatch();
    for (const t of irregular(0, until)) {
      const moving = t >= moves[0] && t < moves[1];
      const size = 9.81 + (moving ? 2 * Math.sin(2 * Math.PI * 1.8 * t) : noise * Math.sin(2 * Math.PI * 0.4 * t));
      if (watch.step(t, [0, size, 0, 0, 0, 0])) return t;
    }
    return undefined;
  };

  it('comes about three seconds after the movement', () => {
    expect(ends_at([2, 14], 30)).toBeGreaterThan(16.5);
    expect(ends_at([2, 14], 30)).toBeLessThan(17.5);
  });

  it('does not come before a movement, during one, or after a mere shift', () => {
    expect(ends_at([40, 40], 30)).toBe(undefined);
    expect(ends_at([1, 30], 30)).toBe(undefined);
    expect(ends_at([5, 5.2], 30)).toBe(undefined);
  });

  it('does not come while a hand takes the phone out', () => {
    expect(ends_at([2, 14], 30, 1)).toBe(undefined);
  });
});
