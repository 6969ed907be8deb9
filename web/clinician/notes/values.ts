// SPDX-License-Identifier: Apache-2.0
// Selects the values measured since the last note, to insert them: docs/clinician/notes.md. Pure.
import { measurablesOf, type Measurable } from '../../clinical/chart/goals.ts';
import { sound, type Point, type Series } from '../../clinical/chart/series.ts';

export interface Value {
  measurable: Measurable;
  now: Point;
  /** The last one before `since`, else the first one since. */
  before: Point | undefined;
  /** The highest value since, of pain and effort only. */
  highest: Point | undefined;
}

/** Returns the values since a time, the newest first. Leaves out implausible ones. */
export function valuesSince(series: Series, since: number, now: number): Value[] {
  return measurablesOf(series)
    .flatMap((measurable): Value[] => {
      const points = sound(measurable.points).filter(({ at }) => at <= now);
      const recent = points.filter(({ at }) => at > since);
      const last = recent.at(-1);
      if (!last) return [];
      const first = points.findLast(({ at }) => at <= since) ?? recent[0];
      const asked = measurable.kind === 'pain' || measurable.kind === 'effort';
      const highest = recent.reduce((most, one) => (one.value > most.value ? one : most), last);
      return [
        {
          measurable,
          now: last,
          before: asked || first === last ? undefined : first,
          highest: asked && highest !== last ? highest : undefined,
        },
      ];
    })
    .sort((a, b) => b.now.at - a.now.at);
}

/** Returns each older value, the newest first. */
export function valuesBefore(series: Series, since: number): Value[] {
  return measurablesOf(series)
    .flatMap((measurable) =>
      sound(measurable.points)
        .filter(({ at }) => at <= since)
        .map((now): Value => ({ measurable, now, before: undefined, highest: undefined })),
    )
    .sort((a, b) => b.now.at - a.now.at);
}

/** Returns the Observations that are the evidence of a value. */
export const observationsOf = ({ now, before, highest }: Value) =>
  [now, before, highest].flatMap((point) => (point?.observation ? [`Observation/${point.observation}`] : []));
