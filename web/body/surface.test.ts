// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { ellipsoid } from './implicit.ts';
import type { Looks } from './looks.ts';
import { personParts, type Part } from './parts.ts';
import { BONE_COUNT } from './pose.ts';
import { surfaceOf, type Surface } from './surface_nets.ts';
import { LENGTHS } from './test_lengths.ts';
import { MOST_BONES } from './weights.ts';

const LOOKS: Looks[] = [
  { sex: 'male', build: 'heavy', cut: 'short' },
  { sex: 'female', build: 'slim', cut: 'bob' },
  { sex: 'female', build: 'average', cut: 'bun' },
].map((of) => ({
  ...(of as Pick<Looks, 'sex' | 'build' | 'cut'>),
  skin: '#d9a27a',
  hair: '#3a2a20',
  shirt: '#2f8f9d',
  trousers: '#39424e',
  shoes: '#e9e6df',
}));

/** Edges that are not passed as often one way as the other. */
function openEdges({ triangles, positions }: Surface): number {
  const points = positions.length / 3;
  const passed = new Map<number, number>();
  const pass = (a: number, b: number) => {
    const [key, way] = a < b ? [a * points + b, 1] : [b * points + a, -1];
    passed.set(key, (passed.get(key) ?? 0) + way);
  };
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [...triangles.subarray(i, i + 3)] as [number, number, number];
    pass(a, b);
    pass(b, c);
    pass(c, a);
  }
  return [...passed.values()].filter((way) => way !== 0).length;
}

function volume_m3({ triangles, positions }: Surface): number {
  const at = (i: number) => [...positions.subarray(3 * i, 3 * i + 3)] as [number, number, number];
  let sum = 0;
  for (let i = 0; i < triangles.length; i += 3) {
    const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = [...triangles.subarray(i, i + 3)].map(at) as [
      [number, number, number],
      [number, number, number],
      [number, number, number],
    ];
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sum / 6;
}

describe('surfaceOf', () => {
  it('wraps a ball of known volume, closed', () => {
    const ball = surfaceOf(
      ellipsoid([0, 0, 0], [0.1, 0.1, 0.1]),
      { low: [-0.13, -0.13, -0.13], high: [0.13, 0.13, 0.13] },
      0.01,
    );
    expect(openEdges(ball)).toBe(0);
    // Facets cut about 1 % off a ball of ten cells' radius.
    expect(Math.abs(volume_m3(ball) / ((4 / 3) * Math.PI * 1e-3) - 1)).toBeLessThan(0.02);
  });
});

describe.each(LOOKS)('a $sex person of $build build', (looks) => {
  const parts: Part[] = [...personParts(LENGTHS, looks)];
  it.each(parts.map((part) => [part.name, part] as const))('has a closed %s', (_, part) => {
    expect(openEdges(part)).toBe(0);
    expect(volume_m3(part)).toBeGreaterThan(0);
    for (const numbers of [part.positions, part.normals, part.colors, part.weights])
      expect(numbers.every(Number.isFinite)).toBe(true);
  });

  it('gives each point weights that add up to 1', () => {
    for (const { name, weights, bones } of parts) {
      expect(Math.max(...bones)).toBeLessThan(BONE_COUNT);
      for (let i = 0; i < weights.length; i += MOST_BONES) {
        const sum = weights.subarray(i, i + MOST_BONES).reduce((total, weight) => total + weight, 0);
        if (Math.abs(sum - 1) > 1e-5) expect.fail(`${name}: ${sum}`);
      }
    }
  });

  it('reaches from the soles to the crown', () => {
    const heights = parts.flatMap(({ positions }) => [...positions].filter((_, i) => i % 3 === 1));
    const [low, high] = [heights.reduce((a, b) => Math.min(a, b)), heights.reduce((a, b) => Math.max(a, b))];
    const stature = 1.7;
    expect(Math.abs(high - low - stature)).toBeLessThan(0.05);
  });

  it('stays small enough for a phone', () => {
    expect(parts.reduce((sum, { positions }) => sum + positions.length / 3, 0)).toBeLessThan(70_000);
  });
});
