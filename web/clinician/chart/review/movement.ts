// SPDX-License-Identifier: Apache-2.0
// A recorded movement as a replay needs it: upright, on a floor, facing the front. Pure.

export const LANDMARKS = 33;

export interface Movement {
  /** Rising, seconds from the first picture. */
  times: Float64Array;
  /**
   * 33 times x, y, z of each picture: meters, y up from the floor, the person facing +z as the recording begins; NaN
   * where no person was detected.
   */
  points: Float32Array;
  visibility: Float32Array;
  /** Where the camera stood, seen from above: turned from the front, radians, towards the person's left. */
  camera: number;
  simulated: boolean;
}

export interface RecordedFrame {
  time_s: number;
  world_m?: ArrayLike<number> | null;
  visibility?: ArrayLike<number> | null;
}

const [LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP] = [11, 12, 23, 24];
/** The least width of a trunk, seen from above, that shows its front. In a person lying on one side it is less. */
const LEAST_ACROSS_M = 0.15;
/** The frames before and after one, over which the floor's height is averaged: a single frame trembles. */
const FLOOR_FRAMES = 5;

/** The angle about the vertical by which the person is to be turned to face the front. */
function turnOf(frames: readonly RecordedFrame[]): number {
  let [x, z] = [0, 0];
  for (const { world_m: world } of frames) {
    if (!world) continue;
    for (const [left, right] of [
      [LEFT_SHOULDER, RIGHT_SHOULDER],
      [LEFT_HIP, RIGHT_HIP],
    ] as const) {
      x += (world[3 * right] ?? 0) - (world[3 * left] ?? 0);
      z -= (world[3 * right + 2] ?? 0) - (world[3 * left + 2] ?? 0);
    }
  }
  const seen = 2 * frames.filter(({ world_m }) => world_m).length;
  // The person's right is x, z; the front is at right angles to it: (z, -x). It is to become (0, 1).
  return seen === 0 || Math.hypot(x, z) / seen < LEAST_ACROSS_M ? 0 : -Math.atan2(z, -x);
}

/** Turns by an angle about the vertical, from z towards x. */
const turned = (x: number, z: number, angle: number) =>
  [x * Math.cos(angle) + z * Math.sin(angle), z * Math.cos(angle) - x * Math.sin(angle)] as const;

export function movementOf(frames: readonly RecordedFrame[], simulated: boolean): Movement {
  const first = frames[0]?.time_s ?? 0;
  const angle = turnOf(frames.slice(0, 60));
  const times = Float64Array.from(frames, ({ time_s }) => time_s - first);
  const points = new Float32Array(frames.length * LANDMARKS * 3).fill(NaN);
  const visibility = new Float32Array(frames.length * LANDMARKS);
  const lowest = new Float32Array(frames.length).fill(NaN);
  frames.forEach(({ world_m: world, visibility: seen }, i) => {
    if (!world || !seen) return;
    let low = Infinity;
    for (let j = 0; j < LANDMARKS; ++j) {
      const at = (i * LANDMARKS + j) * 3;
      // The camera's axes: x to the right of the picture, y down, z away.
      const [x, z] = turned(world[3 * j] ?? NaN, -(world[3 * j + 2] ?? NaN), angle);
      const y = -(world[3 * j + 1] ?? NaN);
      points.set([x, y, z], at);
      visibility[i * LANDMARKS + j] = seen[j] ?? 0;
      if (y < low) low = y;
    }
    lowest[i] = low;
  });
  for (let i = 0; i < frames.length; ++i) {
    const around = lowest
      .subarray(Math.max(0, i - FLOOR_FRAMES), i + FLOOR_FRAMES + 1)
      .filter((value) => Number.isFinite(value));
    if (around.length === 0) continue;
    const floor = around.reduce((sum, value) => sum + value, 0) / around.length;
    for (let j = 0; j < LANDMARKS; ++j) {
      const at = (i * LANDMARKS + j) * 3 + 1;
      points[at] = (points[at] ?? 0) - floor;
    }
  }
  return { times, points, visibility, camera: angle, simulated };
}

/** The last picture that is not later; 0 before the first. */
export function frameAt(times: ArrayLike<number>, time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The time of the picture so many after the one that is nearest. */
export function stepped(times: ArrayLike<number>, time: number, by: number): number {
  const before = frameAt(times, time);
  const next = times[before + 1];
  const nearest = next !== undefined && next - time < time - (times[before] ?? 0) ? before + 1 : before;
  return times[Math.max(0, Math.min(times.length - 1, nearest + by))] ?? time;
}

/** Longer than this between two pictures is a hole, and nothing is put into it. */
const HOLE_S = 0.25;

/** Interpolates the points between two frames; false: no person was detected at that time. */
export function pose(
  { times, points, visibility }: Movement,
  time: number,
  into: { points: Float32Array; visibility: Float32Array },
): boolean {
  const i = frameAt(times, time);
  const [before, after] = [times[i] ?? 0, times[i + 1]];
  const gap = (after ?? before) - before;
  const share = after === undefined || gap <= 0 || gap > HOLE_S ? 0 : Math.min(1, Math.max(0, (time - before) / gap));
  const [a, b] = [i * LANDMARKS * 3, (i + 1) * LANDMARKS * 3];
  for (let j = 0; j < LANDMARKS * 3; ++j) {
    const from = points[a + j] ?? NaN;
    const to = share > 0 ? (points[b + j] ?? NaN) : from;
    into.points[j] = Number.isNaN(to) ? from : from + share * (to - from);
  }
  into.visibility.set(visibility.subarray(i * LANDMARKS, (i + 1) * LANDMARKS));
  return times.length > 0 && !Number.isNaN(into.points[0] ?? NaN);
}

export interface Repetition {
  start_s: number;
  extreme_s: number;
  end_s: number;
}

/** The moment of another movement that is as far in its repetitions: the first beside the first, and so on. */
export function inStep(
  own: readonly Repetition[],
  other: readonly Repetition[],
  ownDuration: number,
  otherDuration: number,
  time: number,
): number {
  const knots: [number, number][] = [[0, 0]];
  own.slice(0, other.length).forEach((one, i) => {
    const beside = other[i];
    if (beside) knots.push([one.start_s, beside.start_s], [one.extreme_s, beside.extreme_s], [one.end_s, beside.end_s]);
  });
  knots.push([ownDuration, otherDuration]);
  for (let i = 1; i < knots.length; ++i) {
    const [[from, to], [next, beside]] = [knots[i - 1] ?? [0, 0], knots[i] ?? [0, 0]];
    if (time <= next) return next <= from ? to : to + ((time - from) / (next - from)) * (beside - to);
  }
  return otherDuration;
}

/**
 * How far in a repetition of the reference a recording is, 0 to 1; 0 between two. `extreme`: the share at which the
 * reference is farthest.
 */
export function shareInStep(own: readonly Repetition[], extreme: number, time: number): number {
  const one = own.find(({ start_s, end_s }) => time >= start_s && time <= end_s);
  if (!one) return 0;
  const [out, back] = [one.extreme_s - one.start_s, one.end_s - one.extreme_s];
  if (time <= one.extreme_s) return out <= 0 ? extreme : ((time - one.start_s) / out) * extreme;
  return back <= 0 ? 1 : extreme + ((time - one.extreme_s) / back) * (1 - extreme);
}
