// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { whatChanged, type Seen } from './what_changed.ts';

const squat: Seen = {
  request: 'squat',
  json: '{"id": "squat"}',
  side: null,
  sets: 2,
  repetitions: 10,
  hold_s: null,
  rest_s: 60,
  daysPerWeek: 3,
  load_kg: null,
  ceiling: null,
  target: null,
  camera: true,
  helper: false,
  supportNote: null,
  instruction: null,
  muscle: null,
};
const bridge: Seen = { ...squat, request: 'bridge', json: '{"id": "bridge"}' };

test('the same programme has no change, whatever its order', () => {
  expect(whatChanged([squat, bridge], [bridge, squat])).toEqual([]);
});

test('a newer file of the same exercise is no change', () => {
  expect(whatChanged([squat], [{ ...squat, json: '{"id": "squat", "version": 2}' }])).toEqual([]);
});

test('a new and a removed exercise', () => {
  expect(whatChanged([squat], [bridge])).toEqual([
    { what: 'added', exercise: bridge },
    { what: 'removed', exercise: squat },
  ]);
});

test.each([{ sets: 3 }, { repetitions: 8 }, { daysPerWeek: 5 }, { load_kg: 2 }, { side: 'left' as const }])(
  'a dose with %o is said with the one before',
  (dose) => {
    const now = { ...squat, ...dose };
    expect(whatChanged([squat], [now])).toEqual([{ what: 'dose', exercise: now, before: squat }]);
  },
);

test('a limit and an instruction are each said', () => {
  const now = { ...squat, ceiling: 60, instruction: 'Hold the chair.' };
  expect(whatChanged([squat], [now]).map(({ what }) => what)).toEqual(['limit', 'way']);
});
