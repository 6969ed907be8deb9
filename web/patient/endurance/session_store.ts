// SPDX-License-Identifier: Apache-2.0
// The endurance session that is under way on this device. A reload loses its strap and its clock, so that it is not
// gone on with; the part until then is kept.
import type { EnduranceDevice, EnduranceSession, EnduranceSign } from 'reprise-engine';
import { isRecent, keptSessions } from '../requests/sessions_under_way.ts';
import type { Marks } from './clocks.ts';
import type { Course } from './course.ts';
import type { Value } from './values.ts';

export interface Kept {
  /** Of the measurement. */
  id: string;
  request: string;
  /** In UTC. */
  startedAt: string;
  /** As if it had ended when it was kept. */
  course: Course;
  marks: Marks;
  /** Until its end. */
  values: readonly Value[];
  rates: EnduranceSession['rates'];
  devices: readonly EnduranceDevice[];
  passed: readonly EnduranceSign[];
  simulated: boolean;
  /** Today's first answer. */
  painBefore: number | undefined;
}

const sessions = keptSessions<Kept>('endurance');

/** Undefined: none is under way. */
export async function keptSession(account: string, request: string, now = new Date()): Promise<Kept | undefined> {
  const kept = await sessions.find(account, request);
  return kept && isRecent(kept, now) ? kept : undefined;
}

export const { keep: storeSession, forget: forgetSession } = sessions;

/** Those of the devices that were connected last, each kind once. */
export const devicesOf = (before: readonly EnduranceDevice[], now: readonly EnduranceDevice[]) => [
  ...before.filter(({ kind }) => !now.some((one) => one.kind === kind)),
  ...now,
];
