// SPDX-License-Identifier: Apache-2.0
// What every drawing of a person in the pages has in common; the bones themselves are the engine's.
import type { Bone } from 'reprise-engine';

/** Below this visibility a landmark is a guess. */
export const SURE = 0.5;

/** The head is drawn midway between them. */
export const EARS = [7, 8] as const;

/** Returns the landmarks along each line of a small drawing. `side`: as in Bone. */
export function linesOf(bones: readonly Bone[], side: Bone['side']): number[][] {
  const lines: number[][] = [];
  for (const { from, to } of bones.filter((bone) => !bone.fine && bone.side === side)) {
    const last = lines.at(-1);
    if (last?.at(-1) === from) last.push(to);
    else lines.push([from, to]);
  }
  return lines;
}
