// SPDX-License-Identifier: Apache-2.0
import type { EnduranceSession, Programme, Reprise } from 'reprise-engine';
import { measuredNow, type Measured } from '../requests/results.ts';
import type { Course } from './course.ts';
import type { Asked } from './asked.ts';
import type { Value } from './values.ts';

export interface Done {
  course: Course;
  startedAt: Date;
  values: readonly Value[];
  rates: EnduranceSession['rates'];
  device: string | undefined;
  simulated: boolean;
}

/** Returns a measured session; undefined: nothing of it was done. */
export function measure(
  reprise: Reprise,
  { scale, effort, heartRate }: Asked,
  { simulated: byProgramme }: Programme,
  { course, startedAt, values, rates, device, simulated }: Done,
): Measured | undefined {
  const end_s = course.stretches.at(-1)?.end_s;
  if (end_s === undefined) return undefined;
  const isSimulated = simulated || byProgramme;
  const result = reprise.enduranceSession({
    scale,
    effort,
    heartRate,
    stretches: [...course.stretches],
    values: [...values],
    rates,
    simulated: isSimulated,
    startedAt: startedAt.toISOString(),
    device: device ?? null,
  });
  const endedAt = new Date(startedAt.getTime() + Math.round(end_s * 1000));
  return measuredNow(result, startedAt.toISOString(), endedAt.toISOString(), isSimulated);
}
