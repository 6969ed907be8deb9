// SPDX-License-Identifier: Apache-2.0
// A closed surface of triangles around a solid: naive surface nets (one point in each cell that the surface passes
// through), then each point moved onto the surface.
import type { Point, Solid } from './implicit.ts';

export interface Surface {
  /** x, y, z of each point, meters. */
  positions: Float32Array;
  normals: Float32Array;
  /** Three points a triangle, counterclockwise from outside. */
  triangles: Uint32Array;
}

export interface Box {
  low: Point;
  high: Point;
}

/** Cells whose distance to the surface is looked up at once. */
const BLOCK = 4;

function gradient(solid: Solid, x: number, y: number, z: number, step: number): [number, number, number] {
  return [
    (solid(x + step, y, z) - solid(x - step, y, z)) / (2 * step),
    (solid(x, y + step, z) - solid(x, y - step, z)) / (2 * step),
    (solid(x, y, z + step) - solid(x, y, z - step)) / (2 * step),
  ];
}

/** Samples the solid; blocks that are far from its surface get one value. */
function sampled(solid: Solid, { low }: Box, cell: number, [nx, ny, nz]: readonly [number, number, number]) {
  const values = new Float32Array(nx * ny * nz);
  // The distance of a soft union is too small by its fillet, that of a limb by its taper.
  const far = BLOCK * cell * 0.87 * 1.6;
  for (let bz = 0; bz < nz; bz += BLOCK) {
    for (let by = 0; by < ny; by += BLOCK) {
      for (let bx = 0; bx < nx; bx += BLOCK) {
        const middle = (b: number, from: number) => from + (b + (BLOCK - 1) / 2) * cell;
        const at = solid(middle(bx, low[0]), middle(by, low[1]), middle(bz, low[2]));
        for (let k = bz; k < Math.min(nz, bz + BLOCK); k++) {
          for (let j = by; j < Math.min(ny, by + BLOCK); j++) {
            for (let i = bx; i < Math.min(nx, bx + BLOCK); i++) {
              values[(k * ny + j) * nx + i] =
                Math.abs(at) > far ? at : solid(low[0] + i * cell, low[1] + j * cell, low[2] + k * cell);
            }
          }
        }
      }
    }
  }
  return values;
}

/** `cell`: size of a cell, meters. `box` must hold the solid with a cell to spare. */
export function surfaceOf(solid: Solid, box: Box, cell: number): Surface {
  const size = (axis: 0 | 1 | 2) => Math.ceil((box.high[axis] - box.low[axis]) / cell) + 2;
  const [nx, ny, nz] = [size(0), size(1), size(2)];
  const values = sampled(solid, box, cell, [nx, ny, nz]);
  const index = (i: number, j: number, k: number) => (k * ny + j) * nx + i;
  const points: number[] = [];
  const pointOf = new Int32Array(nx * ny * nz).fill(-1);
  const corners = [0, 1, nx, nx + 1, nx * ny, nx * ny + 1, nx * ny + nx, nx * ny + nx + 1];
  const edges = [
    [0, 1], [2, 3], [4, 5], [6, 7], [0, 2], [1, 3], [4, 6], [5, 7], [0, 4], [1, 5], [2, 6], [3, 7],
  ] as const; // biome-ignore format: the edges of a cube

  for (let k = 0; k < nz - 1; k++) {
    for (let j = 0; j < ny - 1; j++) {
      for (let i = 0; i < nx - 1; i++) {
        const base = index(i, j, k);
        let inside = 0;
        for (const corner of corners) if ((values[base + corner] ?? 1) < 0) inside++;
        if (inside === 0 || inside === 8) continue;
        const sum: [number, number, number] = [0, 0, 0];
        let crossings = 0;
        for (const [from, to] of edges) {
          const a = values[base + (corners[from] ?? 0)] ?? 0;
          const b = values[base + (corners[to] ?? 0)] ?? 0;
          if (a < 0 === b < 0) continue;
          const share = a / (a - b);
          for (let axis = 0; axis < 3; axis++) {
            const [f, t] = [(from >> axis) & 1, (to >> axis) & 1];
            sum[axis] = (sum[axis] ?? 0) + f + share * (t - f);
          }
          crossings++;
        }
        pointOf[base] = points.length / 3;
        points.push(
          box.low[0] + (i + sum[0] / crossings) * cell,
          box.low[1] + (j + sum[1] / crossings) * cell,
          box.low[2] + (k + sum[2] / crossings) * cell,
        );
      }
    }
  }
  return {
    ...settled(solid, Float32Array.from(points), cell),
    triangles: trianglesOf(values, pointOf, [nx, ny, nz]),
  };
}

/** Moves points onto the surface and gives each its normal. */
function settled(solid: Solid, positions: Float32Array, cell: number) {
  const normals = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    let [x, y, z] = [positions[i] ?? 0, positions[i + 1] ?? 0, positions[i + 2] ?? 0];
    const slope = gradient(solid, x, y, z, cell * 0.3);
    const square = Math.max(0.05, slope[0] ** 2 + slope[1] ** 2 + slope[2] ** 2);
    const move = solid(x, y, z) / square;
    const most = (0.5 * cell) / Math.sqrt(square);
    const way = Math.max(-most, Math.min(most, move));
    [x, y, z] = [x - way * slope[0], y - way * slope[1], z - way * slope[2]];
    positions.set([x, y, z], i);
    const normal = gradient(solid, x, y, z, cell * 0.6);
    const length = Math.hypot(...normal) || 1;
    normals.set([normal[0] / length, normal[1] / length, normal[2] / length], i);
  }
  return { positions, normals };
}

/** Two triangles for each edge of the grid that the surface crosses. */
function trianglesOf(values: Float32Array, pointOf: Int32Array, [nx, ny, nz]: readonly [number, number, number]) {
  const triangles: number[] = [];
  const strides = [1, nx, nx * ny] as const;
  for (let k = 1; k < nz - 1; k++) {
    for (let j = 1; j < ny - 1; j++) {
      for (let i = 1; i < nx - 1; i++) {
        const base = (k * ny + j) * nx + i;
        const here = (values[base] ?? 1) < 0;
        for (let axis = 0; axis < 3; axis++) {
          if ((values[base + (strides[axis] ?? 0)] ?? 1) < 0 === here) continue;
          const [u, v] = [strides[(axis + 1) % 3] ?? 0, strides[(axis + 2) % 3] ?? 0];
          const quad = [base - u - v, base - v, base, base - u].map((cell) => pointOf[cell] ?? -1);
          const [a, b, c, d] = (here ? quad : quad.reverse()) as [number, number, number, number];
          triangles.push(a, b, c, a, c, d);
        }
      }
    }
  }
  return Uint32Array.from(triangles);
}
