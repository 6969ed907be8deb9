// SPDX-License-Identifier: Apache-2.0
// The joint that a measure is about, as the engine's landmarks.

/** On the left; the right one follows. */
const BY_WORD: readonly (readonly [RegExp, number])[] = [
  [/^(shoulder)_(?!obliquity)/, 11],
  [/^elbow/, 13],
  [/^wrist/, 15],
  [/^(hip_(?!shift)|trunk|pelvic)/, 23],
  [/^knee/, 25],
  [/^(ankle|heel|foot|step|stance)/, 27],
];

/** `side`: the one that works; undefined: both do. Empty where the measure is of no joint. */
export function markedJoints(measure: string, side: 'left' | 'right' | undefined): number[] {
  const left = BY_WORD.find(([word]) => word.test(measure))?.[1];
  if (left === undefined) return [];
  if (side === undefined) return [left, left + 1];
  return [side === 'left' ? left : left + 1];
}
