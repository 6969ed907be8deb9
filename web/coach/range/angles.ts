// SPDX-License-Identifier: Apache-2.0
// Angles of a range of motion: as typed, as notation, and how far a person is turned from the recommended view. Pure.
import type { ReadinessState } from 'reprise-engine';

/** Of a reading (session/measurements/range_trials.cpp). */
export const LEAST_DEG = -90;
export const MOST_DEG = 200;

/** A number of degrees, with a comma or a point; undefined: none. */
export function degreesIn(typed: string): number | undefined {
  const plain = typed.trim().replace(/^[−–]/, '-').replace(',', '.');
  if (!/^-?\d{1,3}(\.\d)?$/.test(plain)) return undefined;
  const degrees = Number(plain);
  return degrees >= LEAST_DEG && degrees <= MOST_DEG ? degrees : undefined;
}

/** "5–0–135": the first movement, zero, the last one; a movement that does not reach zero takes its place. */
export function neutralZero(first: number, last: number): string {
  const [one, other] = [Math.round(first), Math.round(last)];
  if (one < 0) return `0–${-one}–${other}`;
  return other < 0 ? `${one}–${-other}–0` : `${one}–0–${other}`;
}

/** The recommended view, and the tested side where there is one. */
interface View {
  view: 'front' | 'side';
  side: 'left' | 'right' | undefined;
}

/** Trials that are turned farther do not count (session/measurements/range_of_motion.h). */
const MOST_OUT_OF_PLANE = 15;

/** Degrees between the direction that a person faces and the recommended one; null: not known. */
export function turnedBy({ view, side }: View, facing_deg: number | null): number | null {
  if (facing_deg === null) return null;
  const from = (wanted: number) => Math.abs(((facing_deg - wanted + 540) % 360) - 180);
  if (view === 'front') return from(0);
  if (side === undefined) return Math.min(from(90), from(-90));
  return from(side === 'right' ? 90 : -90);
}

export const isTurnedAway = (test: View, readiness: ReadinessState) =>
  (turnedBy(test, readiness.facing_deg) ?? 0) > MOST_OUT_OF_PLANE;
