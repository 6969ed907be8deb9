// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { HeartRecord } from './heart.ts';

const value = (rate_bpm: number | null, contact: 'good' | 'lost' | 'unknown' = 'good') => ({
  rate_bpm,
  contact,
  rr_s: [],
});

it('gives the median of the last seconds, so that one artefact is no heart rate', () => {
  const heart = new HeartRecord();
  expect(heart.state(0)).toBe('waiting');
  heart.add(value(80), 1);
  heart.add(value(81), 2);
  expect(heart.rateNow(2)).toBe(undefined);
  heart.add(value(231), 3);
  expect(heart.rateNow(3)).toBe(81);
  for (let time = 4; time < 15; time += 1) heart.add(value(120), time);
  expect(heart.rateNow(14)).toBe(120);
});

it('gives no rate of a strap that is silent or has lost the skin', () => {
  const heart = new HeartRecord();
  for (let time = 1; time < 8; time += 1) heart.add(value(90, 'unknown'), time);
  expect(heart.rateNow(8)).toBe(90);
  heart.add(value(90, 'lost'), 8);
  expect(heart.state(8)).toBe('noContact');
  expect(heart.rateNow(8)).toBe(undefined);
  expect(heart.state(20)).toBe('silent');
  expect(heart.rateNow(20)).toBe(undefined);
});

it('keeps the values of the session with times from its start', () => {
  const heart = new HeartRecord();
  heart.add(value(70), 10);
  heart.add(value(75), 20);
  heart.add(value(null), 21);
  heart.add(value(75, 'lost'), 22);
  expect(heart.rates(15)).toStrictEqual([{ time_s: 5, rate_bpm: 75 }]);
});
