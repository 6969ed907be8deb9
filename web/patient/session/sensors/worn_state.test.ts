// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { watchProblems } from './worn_state.ts';

const places = ['left_thigh', 'left_shank'];

test('a silent sensor pauses the set at once, by name, and again if the set goes on without it', () => {
  const problems = watchProblems();
  const silent = { problem: 'silent', sensor: 1 } as const;
  expect(problems({ problem: null, sensor: null }, places, 1, true)).toBeUndefined();
  expect(problems(silent, places, 2, true)).toStrictEqual({
    kind: 'silent',
    place: 'left_shank',
    say: true,
    pause: true,
  });
  expect(problems(silent, places, 2.05, false)).toMatchObject({ say: false, pause: false });
  expect(problems(silent, places, 4, true)).toMatchObject({ say: false, pause: true });
});

test('a short need to hold still is said, and pauses only if it lasts', () => {
  const problems = watchProblems();
  const still = { problem: 'hold_still', sensor: null } as const;
  expect(problems(still, places, 10, true)).toStrictEqual({
    kind: 'hold_still',
    place: undefined,
    say: true,
    pause: false,
  });
  expect(problems(still, places, 14.9, true)).toMatchObject({ say: false, pause: false });
  expect(problems(still, places, 16.1, true)).toMatchObject({ say: true, pause: true });
});

test('each new problem is said', () => {
  const problems = watchProblems();
  problems({ problem: 'saturated', sensor: 0 }, places, 1, true);
  expect(problems({ problem: 'saturated', sensor: 1 }, places, 1.1, true)).toMatchObject({
    place: 'left_shank',
    say: true,
    pause: false,
  });
});
