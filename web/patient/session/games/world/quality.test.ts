// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Governor } from './quality.ts';

const feed = (governor: Governor, ms: number, frames: number) =>
  Array.from({ length: frames }, () => governor.took(ms)).filter(Boolean).length;

test('a device with a graphics card draws all, one without draws few things', () => {
  expect(new Governor(false).now.particles).toBeGreaterThan(new Governor(true).now.particles);
  expect(new Governor(true).now.shadows).toBe(false);
});

test('slow pictures make it draw less, step by step, and never more again', () => {
  const governor = new Governor(false);
  const first = governor.now;
  expect(feed(governor, 80, 20)).toBe(1);
  expect(governor.now.particles).toBeLessThan(first.particles);
  feed(governor, 80, 200);
  const least = governor.now;
  expect(least).toEqual(new Governor(true).now);
  feed(governor, 5, 200);
  expect(governor.now).toEqual(least);
});

test('a single slow picture changes nothing', () => {
  const governor = new Governor(false);
  feed(governor, 10, 19);
  expect(governor.took(900)).toBe(false);
  expect(feed(governor, 10, 100)).toBe(0);
});
