// SPDX-License-Identifier: Apache-2.0
// Reads a skeleton (ASF) and its recorded movement (AMC) of Carnegie Mellon's motion capture, and gives where each bone
// is at any time between two frames.
import fs from 'node:fs';

const METERS = 0.0254 / 0.45;
const RAD = Math.PI / 180;
const multiply = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
export const transposed = (m) => m[0].map((_, j) => m.map((row) => row[j]));
export const applied = (m, v) => m.map((row) => row.reduce((sum, x, k) => sum + x * v[k], 0));
export const plus = (a, b, factor = 1) => a.map((v, i) => v + factor * b[i]);

/** About x, then y, then z, degrees. */
export function rotation([x, y, z]) {
  const [cx, cy, cz] = [x, y, z].map((a) => Math.cos(a * RAD));
  const [sx, sy, sz] = [x, y, z].map((a) => Math.sin(a * RAD));
  return [
    [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
    [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
    [-sy, cy * sx, cy * cx],
  ];
}

function readSkeleton(text) {
  const bones = new Map();
  for (const [, block] of text
    .split(':bonedata')[1]
    .split(':hierarchy')[0]
    .matchAll(/begin([\s\S]*?)\bend\b/g)) {
    const field = (name) =>
      block
        .match(new RegExp(`\\b${name}\\s+([^\\n\\r]+)`))?.[1]
        .trim()
        .split(/\s+/);
    const numbers = (name) => field(name).slice(0, 3).map(Number);
    const axis = rotation(numbers('axis'));
    const [direction, [length]] = [numbers('direction'), field('length').map(Number)];
    bones.set(field('name')[0], {
      axis,
      back: transposed(axis),
      way: direction.map((v) => v * length * METERS),
      dof: field('dof') ?? [],
    });
  }
  for (const line of text.split(':hierarchy')[1].split(/\r?\n/)) {
    const [parent, ...children] = line.trim().split(/\s+/);
    for (const child of children) if (bones.has(child)) bones.get(child).parent = parent;
  }
  return bones;
}

/** One map for each frame: bone to its numbers. */
function readFrames(text) {
  const frames = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^\d+$/.test(line)) frames.push(new Map());
    else if (frames.length > 0 && line !== '') {
      const [bone, ...numbers] = line.split(' ');
      frames.at(-1).set(bone, numbers.map(Number));
    }
  }
  return frames;
}

/** Second differences of the natural cubic spline through `values`. */
function bends(values) {
  const [m, c, d] = [0, 1, 2].map(() => new Float64Array(values.length));
  for (let i = 1; i + 1 < values.length; i += 1) {
    const pivot = 4 - c[i - 1];
    c[i] = 1 / pivot;
    d[i] = (6 * (values[i - 1] - 2 * values[i] + values[i + 1]) - d[i - 1]) / pivot;
  }
  for (let i = values.length - 2; i > 0; i -= 1) m[i] = d[i] - c[i] * m[i + 1];
  return m;
}

/** The numbers of a bone at any time, by a spline through all frames. */
function splines(frames) {
  const of = new Map();
  for (const [bone, numbers] of frames[0]) {
    const channels = numbers.map((_, n) => frames.map((frame) => frame.get(bone)[n]));
    of.set(
      bone,
      channels.map((values) => ({ values, m: bends(values) })),
    );
  }
  return (bone, at) => {
    const i = Math.min(Math.max(Math.floor(at), 0), frames.length - 2);
    const [u, w] = [at - i, 1 - at + i];
    return of
      .get(bone)
      .map(
        ({ values, m }) =>
          w * values[i] + u * values[i + 1] + ((w * w * w - w) * m[i] + (u * u * u - u) * m[i + 1]) / 6,
      );
  };
}

/** {frames, pose(at)}: `at` in frames; a pose has `start`, `end` in meters and `turn` of each bone, y up. */
export function readMovement(skeletonFile, movementFile, change = (frames) => frames) {
  const bones = readSkeleton(fs.readFileSync(skeletonFile, 'utf8'));
  const frames = change(readFrames(fs.readFileSync(movementFile, 'utf8')));
  const numbersOf = splines(frames);
  const pose = (at, wanted) => {
    const [tx, ty, tz, ...turn] = numbersOf('root', at);
    const found = new Map([['root', { end: [tx, ty, tz].map((v) => v * METERS), turn: rotation(turn) }]]);
    const place = (name) => {
      if (found.has(name)) return found.get(name);
      const bone = bones.get(name);
      const parent = place(bone.parent);
      const numbers = bone.dof.length > 0 ? numbersOf(name, at) : [];
      const angles = ['rx', 'ry', 'rz'].map((axis) => numbers[bone.dof.indexOf(axis)] ?? 0);
      const own = multiply(multiply(bone.axis, rotation(angles)), bone.back);
      const turned = multiply(parent.turn, own);
      found.set(name, { start: parent.end, end: plus(parent.end, applied(turned, bone.way)), turn: turned });
      return found.get(name);
    };
    return wanted.map(place);
  };
  return { frames: frames.length, pose };
}
