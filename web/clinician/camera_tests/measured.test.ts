// SPDX-License-Identifier: Apache-2.0
import type { Observation } from 'fhir/r4';
import type { MeasuredNow } from 'reprise-engine';
import { expect, it } from 'vitest';
import { lastIn, lastOf } from './measured.ts';

const WORDS = 'Squats by one camera.';
const METHOD = { code: 'squat_camera', text: WORDS };
const LEFT = { coding: [{ system: 'http://snomed.info/sct', code: '7771000' }] };

const observation = (more: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  id: 'a',
  status: 'final',
  code: { coding: [{ system: 'urn:reprise:signal-measure', code: 'squat_depth' }] },
  category: [{ coding: [{ system: 'urn:reprise:measurement', code: 'function_test' }] }],
  effectivePeriod: { start: '2026-03-14T10:00:00+01:00' },
  method: { text: WORDS },
  bodySite: LEFT,
  valueQuantity: { value: 95, unit: '°', code: 'deg' },
  ...more,
});

const value = (more: Partial<MeasuredNow> = {}): MeasuredNow => ({
  measure: 'squat_depth',
  value: 99,
  unit: '°',
  uncertainty: 7,
  primary: true,
  part: null,
  side: 'left',
  spread: null,
  count: 3,
  ...more,
});

it('compares with a value of the same method and side alone', () => {
  const last = lastIn(observation(), METHOD);
  expect(last).toMatchObject({ measure: 'squat_depth', side: 'left', value: 95 });
  expect(lastIn(observation({ method: { text: 'Squats by a sensor.' } }), METHOD)).toBeUndefined();
  const coded = (code: string) => ({
    method: { coding: [{ system: 'urn:reprise:method', code }], text: 'Other words.' },
  });
  expect(lastIn(observation(coded('squat_camera')), METHOD)).toMatchObject({ value: 95 });
  expect(lastIn(observation(coded('single_leg_squat_camera')), METHOD)).toBeUndefined();
  expect(lastIn(observation({ status: 'entered-in-error' }), METHOD)).toBeUndefined();
  const all = last ? [last] : [];
  expect(lastOf(value(), all)).toBe(last);
  expect(lastOf(value({ side: 'right' }), all)).toBeUndefined();
  expect(lastOf(value({ measure: 'trunk_lean' }), all)).toBeUndefined();
});
