// SPDX-License-Identifier: Apache-2.0
// The tests that one camera measures from a clip (docs/assessments.md). Pure.
import type { CameraTest } from 'reprise-engine';

export type TestId = 'gait' | CameraTest;

export interface TestFacts {
  id: TestId;
  /** Done on either leg. */
  sided?: true;
  /** Distances want the person's height. */
  height?: true;
  /** A support must be within reach (SAFETY 5). */
  support?: true;
  /** Pictures a second that the camera is asked for. */
  rate_hz?: number;
}

export const FUNCTION_TESTS: readonly TestFacts[] = [
  { id: 'sit_to_stand_5' },
  { id: 'sit_to_stand_30' },
  { id: 'timed_up_and_go' },
  { id: 'single_leg_stance', sided: true, support: true },
  { id: 'tandem_stance', sided: true, support: true },
  { id: 'functional_reach', height: true, support: true },
  { id: 'squat' },
  { id: 'single_leg_squat', sided: true, support: true },
  { id: 'step_down', sided: true, support: true },
  { id: 'push_up' },
  { id: 'jump', rate_hz: 60 },
];

export const GAIT: TestFacts = { id: 'gait', height: true };

/** What a clinician says of a test before it is filmed. */
export interface TestInput {
  facts: TestFacts;
  side: 'left' | 'right' | 'both';
  height: string;
  treadmill: boolean;
  belt: string;
}

export const LEAST_CM = 80;
export const MOST_CM = 250;
export const LEAST_MPS = 0.05;
export const MOST_MPS = 5;

/** A number within limits, with a comma or a point; null: nothing typed; undefined: something else. */
export function numberIn(typed: string, least: number, most: number): number | null | undefined {
  const plain = typed.trim().replace(',', '.');
  if (plain === '') return null;
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return undefined;
  const number = Number(plain);
  return number >= least && number <= most ? number : undefined;
}

/** Ages for which there may be references. */
const YOUNGEST = 2;
const OLDEST = 120;
export const ageForReference = (age: number | undefined) =>
  age !== undefined && age >= YOUNGEST && age <= OLDEST ? age : null;
