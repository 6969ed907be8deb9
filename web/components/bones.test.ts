// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Bone } from 'reprise-engine';
import { linesOf } from './bones.ts';

const bone = (from: number, to: number, side: Bone['side'], fine = false): Bone => ({ from, to, side, fine });

test('joins the bones of a side to lines, without the fine ones', () => {
  const bones = [
    bone(1, 2, null),
    bone(2, 1, null),
    bone(11, 13, 'left'),
    bone(13, 15, 'left'),
    bone(15, 19, 'left', true),
    bone(23, 27, 'left'),
    bone(27, 29, 'left', true),
    bone(27, 31, 'left'),
    bone(12, 14, 'right'),
  ];
  expect(linesOf(bones, null)).toEqual([[1, 2, 1]]);
  expect(linesOf(bones, 'left')).toEqual([
    [11, 13, 15],
    [23, 27, 31],
  ]);
  expect(linesOf(bones, 'right')).toEqual([[12, 14]]);
});
