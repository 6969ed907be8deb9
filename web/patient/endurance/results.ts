// SPDX-License-Identifier: Apache-2.0
import type { EnduranceDevice, EnduranceSession, Programme, Reprise } from 'reprise-engine';
import { measuredNow, type Measured } from '../requests/results.ts';
import { dayTime, type Marks } from './clocks.ts';
import type { Course } from './course.ts';
import type { Asked } from './asked.ts';
import type { ImportedRates } from './imported.ts';
import type { Value } from './values.ts';

export interface Done {
  /** Of the measurement. */
  id: string;
  /** Undefined: it did not start. */
  course: Course | undefined;
  startedAt: Date;
  /** Of the session's clocks. */
  marks: Marks;
  values: readonly Value[];
  rates: EnduranceSession['rates'];
  /** Instead of a strap's. */
  imported: ImportedRates | undefined;
  devices: readonly EnduranceDevice[];
  simulated: boolean;
}

/** Returns a measured session, or the values at rest of one that did not start; undefined: there is nothing. */
export function measure(
  reprise: Reprise,
  { scale, effort, heartRate }: Asked,
  { simulated: byProgramme }: Programme,
  { id, course, startedAt, marks, values, rates, imported, devices, simulated }: Done,
): Measured | undefined {
  const stretches = [...(course?.stretches ?? [])];
  if (stretches.length === 0 && values.length === 0) return undefined;
  const end_s = stretches.at(-1)?.end_s ?? 0;
  const isSimulated = simulated || byProgramme;
  const began = startedAt.toISOString();
  const result = reprise.enduranceSession({
    scale,
    effort,
    heartRate,
    stretches,
    values: [...values],
    rates: (imported?.rates ?? rates).filter(({ time_s }) => time_s <= end_s),
    simulated: isSimulated,
    startedAt: began,
    devices: [...devices],
    imported: imported?.format ?? null,
  });
  const ended = new Date(dayTime(marks, end_s) ?? startedAt.getTime()).toISOString();
  return measuredNow(result, began, ended, isSimulated, id);
}
