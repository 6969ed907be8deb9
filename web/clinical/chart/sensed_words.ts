// SPDX-License-Identifier: Apache-2.0
// How a measure of sensors is named in the reader's language.
import { PARTS, SENSED } from '../../fhir/sensed.ts';
import type { useLanguage } from '../../translations/language.tsx';

/** A muscle keeps the name that its recording gave it. */
export function sensedPart(part: string | undefined, t: ReturnType<typeof useLanguage>['t']) {
  const known = PARTS.find((one) => one === part);
  return known ? t(`sensed.part.${known}`) : part;
}

/** A measure that this version does not know keeps its name in the record. */
export function sensedMeasure(measure: string | undefined, t: ReturnType<typeof useLanguage>['t']) {
  const known = SENSED.find((one) => one === measure);
  return known ? t(`sensed.measure.${known}`) : measure;
}
