// SPDX-License-Identifier: Apache-2.0
import { Matrix4, Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { BONE, bonesOf, jointOf, lengthsOf, restFigure, sideBone, type Figure, type LimbBone } from './pose.ts';
import { LENGTHS } from './test_lengths.ts';

const DOWN = new Vector3(0, -1, 0);
const turnOf = (bone: Matrix4 | undefined) => {
  const [at, turn, scale] = [new Vector3(), new Quaternion(), new Vector3()];
  bone?.decompose(at, turn, scale);
  return { at, turn };
};

/** The rest figure with one arm turned as a whole about the shoulder. */
function withArm(turn: Quaternion): Figure {
  const figure = restFigure(LENGTHS, 0, 0);
  const shoulder = jointOf(figure, 'shoulder', 'right');
  for (const joint of [14, 16]) {
    const at = new Vector3(...figure.landmarks_m.subarray(3 * joint, 3 * joint + 3));
    figure.landmarks_m.set(at.sub(shoulder).applyQuaternion(turn).add(shoulder).toArray(), 3 * joint);
  }
  const axes = new Matrix4().makeRotationFromQuaternion(turn).elements;
  const matrix = [0, 1, 2, 4, 5, 6, 8, 9, 10].map((i) => axes[i] ?? 0);
  for (const segment of [12, 13, 14]) figure.segments.set(matrix, 9 * segment);
  return figure;
}

describe('lengthsOf', () => {
  it('reads the lengths that a figure was made with', () => {
    const read = lengthsOf(restFigure(LENGTHS, 0.7, 0.1));
    for (const [name, length] of Object.entries(LENGTHS))
      expect(read[name as keyof typeof read]).toBeCloseTo(length, 9);
  });
});

describe('bonesOf', () => {
  it.each([
    ['upperArm', 'shoulder', 'elbow'],
    ['forearm', 'elbow', 'wrist'],
    ['thigh', 'hip', 'knee'],
    ['shank', 'knee', 'ankle'],
  ] as const)('lays the %s from the %s to the %s', (bone: LimbBone, from, to) => {
    const figure = restFigure(LENGTHS, 0.6, 0.2);
    for (const side of ['left', 'right'] as const) {
      const along = jointOf(figure, to, side)
        .sub(jointOf(figure, from, side))
        .normalize();
      const { turn } = turnOf(bonesOf(figure, false)[sideBone(side, bone)]);
      expect(DOWN.clone().applyQuaternion(turn).angleTo(along)).toBeLessThan(1e-6);
    }
  });

  it('turns the bone between two segments half way', () => {
    const half = turnOf(
      bonesOf(withArm(new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), 1.2)))[sideBone('right', 'shoulder')],
    );
    expect(half.turn.angleTo(new Quaternion())).toBeCloseTo(0.6, 6);
  });

  it.each([
    ['in front', new Vector3(0, 0, 1), new Vector3(1, 0, 0)],
    ['at the side', new Vector3(-1, 0, 0), new Vector3(0, 0, 1)],
  ])('raises an arm straight up %s', (_, axis, through) => {
    for (const angle of [Math.PI - 0.05, Math.PI, Math.PI + 0.05]) {
      const bones = bonesOf(withArm(new Quaternion().setFromAxisAngle(axis, angle)));
      const { turn } = turnOf(bones[sideBone('right', 'shoulder')]);
      expect(DOWN.clone().applyQuaternion(turn).dot(through)).toBeGreaterThan(0.9);
    }
  });

  it('lifts the shoulder of a raised arm only', () => {
    const at = (angle: number) =>
      turnOf(
        bonesOf(withArm(new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), angle)))[sideBone('right', 'upperArm')],
      ).at;
    expect(at(0.3).y).toBeCloseTo(LENGTHS.trunk, 9);
    expect(at(3).y).toBeGreaterThan(LENGTHS.trunk + 0.05);
  });

  it('lays a hand flat on the floor that would go through it', () => {
    const lean = new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), -Math.PI / 2);
    // The trunk level, the arms down, the wrists on the floor.
    const figure = withArm(lean.clone().invert());
    const turned = (numbers: Float64Array, up: number) => {
      for (let i = 0; i < numbers.length; i += 3) {
        const at = new Vector3(...numbers.subarray(i, i + 3)).applyQuaternion(lean);
        numbers.set([at.x, at.y + up, at.z], i);
      }
    };
    turned(figure.landmarks_m, LENGTHS.upperArm + LENGTHS.forearm);
    turned(figure.segments, 0);
    const { turn } = turnOf(bonesOf(figure)[sideBone('right', 'hand')]);
    expect(DOWN.clone().applyQuaternion(turn).x).toBeCloseTo(1, 6);
    // The palm of the right hand faces along its -z.
    expect(new Vector3(0, 0, -1).applyQuaternion(turn).y).toBeCloseTo(-1, 6);
  });

  it('rests a head on the floor that would sink into it', () => {
    const figure = restFigure(LENGTHS, 0, 0);
    // Lying on the back, the shoulders 85 mm above the floor: x is up then, y towards the head.
    const lie = new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), Math.PI / 2);
    for (let i = 0; i < figure.landmarks_m.length; i += 3)
      figure.landmarks_m.set(
        new Vector3(...figure.landmarks_m.subarray(i, i + 3))
          .applyQuaternion(lie)
          .add(new Vector3(0, 0.085, 0))
          .toArray(),
        i,
      );
    for (let i = 0; i < figure.segments.length; i += 3)
      figure.segments.set(new Vector3(...figure.segments.subarray(i, i + 3)).applyQuaternion(lie).toArray(), i);
    const { at, turn } = turnOf(bonesOf(figure)[BONE.head]);
    const skull = new Vector3(-0.005, 0.21, 0).applyQuaternion(turn).add(at);
    expect(skull.y).toBeCloseTo(0.1, 6);
  });
});
