// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { VisitProposal } from 'reprise-engine';
import { acceptedOf, angle, clock, farthest, firstDecision } from './model.ts';
import { KeptPoints } from './kept_points.ts';
import { partOf } from './people.tsx';

const trial = (angle_deg: number, uncertainty_deg: number | null = 6.6) => ({
  start_s: 1,
  extreme_s: 2,
  end_s: 3,
  angle_deg,
  uncertainty_deg,
  view_error_deg: null,
  compensations: [],
});
const proposal = (manner: VisitProposal['manner']): VisitProposal => ({
  test: 'knee_flexion',
  side: 'left',
  manner,
  trials: [trial(100), trial(118), trial(110)],
});

test('nothing is accepted by itself, and an unknown manner stays to be said', () => {
  expect(firstDecision(proposal('passive'))).toEqual({ accepted: false, manner: 'passive' });
  const unknown = firstDecision(proposal('unknown'));
  expect(unknown.manner).toBeUndefined();
  expect(acceptedOf([unknown])).toEqual([]);
  expect(
    acceptedOf([
      { accepted: false, manner: 'active' },
      { ...unknown, accepted: true },
    ]),
  ).toBeUndefined();
  expect(acceptedOf([unknown, { accepted: true, manner: 'active' }])).toEqual([{ number: 1, manner: 'active' }]);
});

test('angles and times as they are read', () => {
  expect(farthest(proposal('active'))?.angle_deg).toBe(118);
  expect(angle(trial(118.4))).toBe('118° ±7');
  expect(angle(trial(3, null))).toBe('3°');
  expect([clock(0), clock(59.9), clock(187)]).toEqual(['0:00', '0:59', '3:07']);
});

test('the moment nearest to a time is kept, at most five a second', () => {
  const points = new KeptPoints();
  expect(points.at(1)).toBeUndefined();
  for (let i = 0; i < 300; ++i) points.add({ time_s: i / 30, people: 1, watched_s: i / 30 });
  for (const time_s of [0, 0.09, 3.14, 9.9])
    expect(Math.abs((points.at(time_s)?.time_s ?? -1) - time_s)).toBeLessThan(0.12);
});

test('a moment is drawn where the patient is', () => {
  const look = { time_s: 0, people: 1, watched_s: 0 };
  expect(partOf(look)).toBeUndefined();
  const patient_px = Float32Array.from([100, 50, 0, 200, 250, 0, 900, 900, 0]);
  const patient_visibility = Float32Array.from([1, 0.9, 0.1]);
  expect(partOf({ ...look, patient_px, patient_visibility })).toEqual({ x: 60, y: 10, width: 180, height: 280 });
});
