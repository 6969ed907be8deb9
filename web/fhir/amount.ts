// SPDX-License-Identifier: Apache-2.0
// Amounts as they are shown. A difference is that of the amounts shown: who subtracts the two numbers on the page finds
// the third. Pure.
import type { Better } from 'reprise-engine';

/** UCUM: degrees, a ratio, points of a scale. */
export type AmountUnit = 'deg' | '1' | '{score}';

const digitsOf = (unit: string) => (unit === 'deg' ? 0 : unit === '1' ? 2 : 1);

/** The number that is shown for a value. */
export const shownValue = (value: number, unit: string) => Number(value.toFixed(digitsOf(unit))) + 0;

/** From one shown number to another. */
export const shownDifference = (from: number, to: number, unit: string) =>
  shownValue(shownValue(to, unit) - shownValue(from, unit), unit);

export type Verdict = 'better' | 'worse' | 'changed' | 'same' | 'unsure';

/** What a change means, by the numbers that are shown. One that is no larger than its uncertainty may be none. */
export function verdictOf(from: number, to: number, unit: string, doubt: number | undefined, better: Better): Verdict {
  const by = shownDifference(from, to, unit);
  if (doubt !== undefined && Math.abs(by) <= shownValue(doubt, unit)) return 'unsure';
  if (by === 0) return 'same';
  return better === 'none' ? 'changed' : by > 0 === (better === 'higher') ? 'better' : 'worse';
}

/** Of a difference: the root of the summed squares of both uncertainties (docs/clinician/rules.md). */
export const doubtOf = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : Math.hypot(a, b);

export function amountIn(value: number, unit: string): string {
  const shown = shownValue(value, unit);
  return unit === 'deg' ? `${shown}°` : unit === '1' ? shown.toFixed(2) : String(shown);
}

/** Of the engine's names of units. */
export const unitCode = (unit: 'degree' | 'ratio') => (unit === 'degree' ? 'deg' : '1');
