// SPDX-License-Identifier: Apache-2.0
// What of a finished set the page keeps to look back on it. Pure.
import type { Observation } from 'fhir/r4';
import type { RepetitionDone } from 'reprise-engine';
import { codeIn, rangeIn, type Range } from '../../../fhir/results.ts';

/** The farthest repetition, as the record has it; only where no ceiling is set. */
export interface Farthest extends Omit<Range, 'best'> {
  /** In the record's words: values of different methods are not compared. */
  method: string;
}

/** A set that was watched. Counts are of complete repetitions, or holds. */
export interface LookedAt {
  repetitions: number;
  /** Whose form could be judged. */
  judged: number;
  /** Of these the ones without a fault. */
  clean: number;
  /** Form rule → repetitions that broke it. */
  faults: Record<string, number>;
  /** How long each took. */
  lasted_s: number[];
  farthest: Farthest | null;
}

export const farthestIn = (observation: Observation): Farthest | undefined => {
  const range = codeIn(observation.code) === 'best-range' ? rangeIn(observation, true) : undefined;
  if (!range) return undefined;
  const { best: _, ...rest } = range;
  return { ...rest, method: observation.method?.text ?? '' };
};

/** `bundle`: the set's transaction, as text. */
function farthestOf(bundle: string): Farthest | null {
  const { entry = [] } = JSON.parse(bundle) as { entry?: { resource?: { resourceType: string } }[] };
  for (const { resource } of entry) {
    const found = resource?.resourceType === 'Observation' ? farthestIn(resource as Observation) : undefined;
    if (found) return found;
  }
  return null;
}

export function lookedAt(repetitions: readonly RepetitionDone[], bundle: string): LookedAt {
  const faults: Record<string, number> = {};
  for (const rule of repetitions.flatMap((one) => [...new Set(one.faults)])) faults[rule] = (faults[rule] ?? 0) + 1;
  return {
    repetitions: repetitions.length,
    judged: repetitions.filter(({ formJudged }) => formJudged).length,
    clean: repetitions.filter((one) => one.formJudged && one.faults.length === 0).length,
    faults,
    lasted_s: repetitions.map(({ start_s, end_s }) => end_s - start_s),
    farthest: farthestOf(bundle),
  };
}
