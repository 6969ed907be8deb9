// SPDX-License-Identifier: Apache-2.0
// What of a session document a review shows: docs/reference/session-document.md. Fields in degrees have `_deg` in their
// names; ratios have not.
import type { Side } from '../../../clinical/chart/series.ts';

export interface MeasuredFault {
  rule: string;
  value_deg?: number;
  value?: number;
  amount: number;
}
export interface MeasuredRepetition {
  start_s: number;
  extreme_s: number;
  end_s: number;
  outcome: 'complete' | 'partial' | 'open';
  side: Side | 'both' | null;
  range: MeasuredRange | null;
  tempo: { out_s: number | null; hold_s: number | null; back_s: number | null };
  faults: MeasuredFault[] | null;
  quality: { score: number | null };
}
export interface MeasuredRange {
  measure: string;
  min_deg?: number;
  max_deg?: number;
  min?: number;
  max?: number;
  uncertainty_deg?: number;
  uncertainty?: number;
}
export interface MeasuredSeries {
  measure: string;
  side: Side | null;
  mean_confidence: number;
  values_deg?: (number | null)[];
  values?: (number | null)[];
}

export interface ExerciseSection {
  id: string;
  version: number;
  not_measured: string[];
  view: string | null;
  definition: {
    kind: 'repetitions' | 'hold';
    primary: { measure: string };
    rest_deg?: number;
    rest?: number;
    target_deg?: number;
    target?: number;
  };
  ceiling_deg?: number | null;
  ceiling?: number | null;
  repetitions: MeasuredRepetition[];
  times_s: number[];
  series: MeasuredSeries[];
}

export interface SessionDocument {
  warnings: { code: string; text: string; remedy: string | null }[];
  exercise: ExerciseSection;
}

export const valuesIn = ({ values_deg, values }: MeasuredSeries) => values_deg ?? values ?? [];
export const unitIn = (one: object): 'degree' | 'ratio' =>
  'values_deg' in one || 'max_deg' in one || 'value_deg' in one ? 'degree' : 'ratio';

/** The end of a repetition's range that is farther from rest, and its uncertainty. */
export function farthestOf(
  range: MeasuredRange,
  definition: ExerciseSection['definition'],
): { value: number; uncertainty: number; unit: 'degree' | 'ratio' } | undefined {
  const unit = unitIn(range);
  const [least, most, uncertainty] =
    unit === 'degree'
      ? [range.min_deg, range.max_deg, range.uncertainty_deg]
      : [range.min, range.max, range.uncertainty];
  const [rest, target] =
    unit === 'degree' ? [definition.rest_deg, definition.target_deg] : [definition.rest, definition.target];
  const value = (target ?? 1) >= (rest ?? 0) ? most : least;
  return value === undefined || uncertainty === undefined ? undefined : { value, uncertainty, unit };
}
