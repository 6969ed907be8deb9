// SPDX-License-Identifier: Apache-2.0
// The skeleton of a recorded movement before a virtual camera, as landmarks. SIMULATED: recorded human motion, but no
// picture and no pose network. Head and hands are single points.
import fs from 'node:fs';
import { plus, readMovement } from './recorded_skeleton.mjs';

const FRAME_HZ = 30;
const PICTURE_PX = [1280, 720];
const FOCAL_PX = 1000;
const DISTANCE_M = 5;
const LENS_M = 0.9;
const NOISE_PX = 1.5;

const both = (...names) => names.flatMap((name) => [`left_${name}`, `right_${name}`]);
const FACE = [
  'nose',
  ...['left', 'right'].flatMap((s) => ['inner', '', 'outer'].map((e) => `${s}_eye${e && '_'}${e}`)),
];
const NAMES = [
  ...FACE,
  ...both('ear'),
  'mouth_left',
  'mouth_right',
  ...both('shoulder', 'elbow', 'wrist', 'pinky', 'index', 'thumb'),
  ...both('hip', 'knee', 'ankle', 'heel', 'foot_index'),
];
const LIMB = ['humerus', 'radius', 'hand', 'femur', 'tibia', 'foot', 'toes'];
const BONES = ['head', ...['l', 'r'].flatMap((side) => LIMB.map((bone) => side + bone))];

const middle = (a, b) => a.map((v, i) => (v + b[i]) / 2);

function landmarksOf(movement, frame) {
  const bone = new Map(movement.pose(frame, BONES).map((found, i) => [BONES[i], found]));
  const points = Object.fromEntries(NAMES.map((name) => [name, bone.get('head').end]));
  for (const [side, s] of [
    ['left', 'l'],
    ['right', 'r'],
  ]) {
    const end = (name) => bone.get(s + name).end;
    const set = (name, point) => {
      points[`${side}_${name}`] = point;
    };
    set('shoulder', bone.get(`${s}humerus`).start);
    set('elbow', end('humerus'));
    set('wrist', end('radius'));
    for (const finger of ['pinky', 'index', 'thumb']) set(finger, end('hand'));
    set('hip', bone.get(`${s}femur`).start);
    set('knee', end('femur'));
    set('ankle', end('tibia'));
    // Below and behind the ankle; the skeleton has no heel.
    set('heel', plus(plus(end('tibia'), plus(end('foot'), end('tibia'), -1), -0.3), [0, -0.05, 0]));
    set('foot_index', end('toes'));
  }
  return points;
}

const lowest = (points, side) => Math.min(points[`${side}_heel`][1], points[`${side}_foot_index`][1]);

/** Stretches in which both feet are off the ground, in seconds: where each lay least within a second is the ground. */
function flightsOf(times, heights) {
  const OFF_M = 0.025;
  const SHORTEST_S = 0.12;
  const isOff = (i) =>
    [0, 1].every((foot) => {
      const near = heights.filter((_, k) => Math.abs(times[k] - times[i]) <= 1).map((h) => h[foot]);
      return heights[i][foot] - Math.min(...near) > OFF_M;
    });
  const flights = [];
  let start = null;
  times.forEach((time, i) => {
    if (isOff(i)) start ??= time;
    else if (start !== null) {
      if (time - start >= SHORTEST_S) flights.push({ from: start, to: time });
      start = null;
    }
  });
  return flights;
}

/**
 * Writes the landmarks of [from, to) seconds, filmed from `azimuth` degrees: 0 in front as the person stands at first,
 * 90 from the left. Returns the flights.
 */
export function film({ skeleton, movement: file, from = 0, to = Infinity, azimuth, hz, out }) {
  const movement = readMovement(skeleton, file);
  const end = Math.min((movement.frames - 2) / FRAME_HZ, to);
  const at = (time) => landmarksOf(movement, 1 + FRAME_HZ * time);
  const times = Array.from({ length: Math.floor((end - from) * hz) }, (_, i) => i / hz);
  const poses = times.map((time) => at(from + time));
  const heights = poses.map((points) => ['left', 'right'].map((side) => lowest(points, side)));
  const ground = Math.min(...heights.flat());
  const hips = poses.map((points) => middle(points.left_hip, points.right_hip));
  const center = [0, 2].map((k) => (Math.min(...hips.map((h) => h[k])) + Math.max(...hips.map((h) => h[k]))) / 2);
  const across = plus(poses[0].right_hip, poses[0].left_hip, -1);
  const facing = Math.atan2(across[2], -across[0]) + (azimuth * Math.PI) / 180;
  const way = [Math.sin(facing), Math.cos(facing)];
  const lens = [center[0] + DISTANCE_M * way[0], ground + LENS_M, center[1] + DISTANCE_M * way[1]];
  const look = [-way[0], 0, -way[1]];
  const inCamera = (v) => [-v[0] * look[2] + v[2] * look[0], -v[1], v[0] * look[0] + v[2] * look[2]];

  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const noise = () => NOISE_PX * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const landmarks = poses.map((points, i) => ({
    time_s: times[i],
    image_px: NAMES.map((name) => {
      const [x, y, z] = inCamera(plus(points[name], lens, -1));
      return [PICTURE_PX[0] / 2 + (FOCAL_PX * x) / z + noise(), PICTURE_PX[1] / 2 + (FOCAL_PX * y) / z + noise(), 0];
    }),
    world_m: NAMES.map((name) => inCamera(plus(points[name], hips[i], -1))),
    visibility: NAMES.map(() => 1),
  }));
  const source = { world_from_image: false, simulated: true, picture_px: PICTURE_PX, rate_hz: hz };
  fs.writeFileSync(out, JSON.stringify({ schema: 'reprise.landmarks/1', source, landmark_names: NAMES, landmarks }));
  return flightsOf(times, heights);
}
