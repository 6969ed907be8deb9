// SPDX-License-Identifier: Apache-2.0
// How a measure of sensors is named in the reader's language.
import { levelOfPart } from '../../fhir/balance.ts';
import { PARTS, SENSED } from '../../fhir/sensed.ts';
import type { useLanguage } from '../../translations/language.tsx';
import { levelWords } from './balance_words.ts';

/** A level of a balance programme in words; a muscle keeps the name that its recording gave it. */
export function sensedPart(part: string | undefined, t: ReturnType<typeof useLanguage>['t']) {
  const known = PARTS.find((one) => one === part);
  if (known) return t(`sensed.part.${known}`);
  const moved = PARTS.find((one) => `${one}_passive` === part);
  if (moved) return `${t(`sensed.part.${moved}`)}, ${t('rom.isPassive')}`;
  const level = part === undefined ? undefined : levelOfPart(part);
  return level ? `${levelWords({ ...level, side: null }, t)}, ${level.hold_s} s` : part;
}

/** A measure that this version does not know keeps its name in the record. */
export function sensedMeasure(measure: string | undefined, t: ReturnType<typeof useLanguage>['t']) {
  const known = SENSED.find((one) => one === measure);
  return known ? t(`sensed.measure.${known}`) : measure;
}

/** By their codes; a method that needs no telling apart has none. */
const METHOD_WORDS = {
  range_camera: 'camera',
  range_inclinometer: 'inclinometer',
  range_goniometer: 'goniometer',
  gait_camera_side: 'cameraSide',
  gait_camera_front: 'cameraFront',
  sit_to_stand_30_camera: 'cameraFirst',
  sit_to_stand_30_camera_go: 'cameraGo',
  timed_up_and_go_camera: 'cameraFirst',
  timed_up_and_go_camera_go: 'cameraGo',
} as const;

/** Said where a measure has values by several methods. */
export function sensedMethod(method: string | undefined, t: ReturnType<typeof useLanguage>['t']) {
  const known = Object.entries(METHOD_WORDS).find(([code]) => code === method)?.[1];
  return t(`sensed.method.${known ?? (method?.endsWith('_camera') ? 'camera' : 'other')}`);
}
