// SPDX-License-Identifier: Apache-2.0
// Measured values in the patient's words. Pure.
import type { Key } from '../../translations/language.tsx';

const SENTENCES: Partial<Record<string, { key: Key; unit: string }>> = {
  test_time: { key: 'phone.result.test_time', unit: 's' },
  repetitions: { key: 'phone.result.repetitions', unit: '' },
  walking_distance: { key: 'phone.result.walking_distance', unit: 'm' },
  walking_speed: { key: 'phone.result.walking_speed', unit: 'm/s' },
  stance_time: { key: 'phone.result.stance_time', unit: 's' },
  steps: { key: 'phone.result.steps', unit: '' },
};

/** A value as a sentence; undefined if there is none for the measure in this unit. */
export function inWords(
  measure: string,
  value: number,
  unit: string,
  t: (key: Key, values: Record<string, string | number>) => string,
  number: (value: number) => string,
): string | undefined {
  const sentence = SENTENCES[measure];
  if (!sentence || (sentence.unit !== '' && sentence.unit !== unit)) return undefined;
  return t(sentence.key, { count: value, value: number(value) });
}
