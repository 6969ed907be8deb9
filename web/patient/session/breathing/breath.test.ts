// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { breathAt, IN_S, OUT_S } from './breath.ts';

it('begins with breathing in, and breathes out for longer', () => {
  expect(breathAt(0)).toBe('in');
  expect(breathAt(IN_S - 0.01)).toBe('in');
  expect(breathAt(IN_S)).toBe('out');
  expect(breathAt(IN_S + OUT_S - 0.01)).toBe('out');
  expect(breathAt(IN_S + OUT_S)).toBe('in');
  const tenths = Array.from({ length: 600 }, (_, i) => breathAt(i / 10));
  expect(tenths.filter((one) => one === 'in')).toHaveLength(240);
});
