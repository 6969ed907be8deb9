// SPDX-License-Identifier: Apache-2.0
import type { Programme, Reprise } from 'reprise-engine';
import { LEAST_RATE_HZ, LONGEST_GAP_S, type Recording } from '../phone_test/motion.ts';
import { measuredNow, type Measured } from '../requests/results.ts';
import type { DoneHold, Kept } from './session_store.ts';

/** Returns a measured session; undefined: no hold was done. */
export function measure(reprise: Reprise, { simulated: byProgramme }: Programme, kept: Kept): Measured | undefined {
  const last = kept.holds.at(-1);
  if (!last) return undefined;
  const simulated = kept.simulated || byProgramme;
  const result = reprise.balanceSession({ holds: [...kept.holds], simulated, startedAt: kept.startedAt });
  const end_s = last.start_s + (last.held_s ?? last.planned_s);
  const ended = new Date(new Date(kept.startedAt).getTime() + Math.round(end_s * 1000)).toISOString();
  return measuredNow(result, kept.startedAt, ended, simulated, kept.id);
}

type Sway = Pick<DoneHold, 'trunkAcceleration' | 'swayAngle'>;
export const NO_SWAY: Sway = { trunkAcceleration: null, swayAngle: null };

/** The sway of a hold, as the test “standing still” measures it; nothing where the sensors did not deliver well. */
export function swayOf(
  reprise: Reprise,
  recording: Recording,
  from_s: number,
  startedAt: string,
  simulated: boolean,
): Sway {
  if (recording.count < 2 || recording.gap_s > LONGEST_GAP_S || recording.rate_hz < LEAST_RATE_HZ) return NO_SWAY;
  const { times, motion } = recording.samples(from_s);
  try {
    const { values } = reprise.phoneTest({ test: 'standing_still', simulated, startedAt }, times, motion);
    const of = (measure: string) => values.find((one) => one.measure === measure)?.value ?? null;
    return { trunkAcceleration: of('trunk_acceleration_rms'), swayAngle: of('trunk_sway_angle') };
  } catch {
    return NO_SWAY; // too short, or the phone lay still: the hold counts without a number
  }
}
