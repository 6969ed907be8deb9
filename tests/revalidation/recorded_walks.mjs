// SPDX-License-Identifier: Apache-2.0
// Recorded walks of people as the 33 points over time, walking along x, y up, z to the right, meters: CMU's motion
// capture (.asf and .amc), and OpenCap's points (.trc). Heels, hands and faces that a source lacks are placed beside
// the points that it has.
import fs from 'node:fs';
import path from 'node:path';

// The 33 points in the network's order.
const sides = (...points) => points.flatMap((point) => [`left_${point}`, `right_${point}`]);
const LANDMARKS = [
  'nose',
  ...['left', 'right'].flatMap((s) => [`${s}_eye_inner`, `${s}_eye`, `${s}_eye_outer`]),
  ...sides('ear'),
  'mouth_left',
  'mouth_right',
  ...sides('shoulder', 'elbow', 'wrist', 'pinky', 'index', 'thumb', 'hip', 'knee', 'ankle', 'heel', 'foot_index'),
]; // prettier-ignore
const UNIT = 0.0254 / 0.45; // meters of a unit of CMU's files

const add = (a, b) => a.map((v, i) => v + b[i]);
const sub = (a, b) => a.map((v, i) => v - b[i]);
const scale = (a, s) => a.map((v) => v * s);
const norm = (a) => Math.hypot(...a);
const unit = (a) => scale(a, 1 / Math.max(norm(a), 1e-9));
const mid = (a, b) => scale(add(a, b), 0.5);
const multiply = (A, B) => A.map((row) => B[0].map((_, j) => row.reduce((s, v, k) => s + v * B[k][j], 0)));
const transpose = (A) => A[0].map((_, j) => A.map((row) => row[j]));
const apply = (A, v) => A.map((row) => row.reduce((s, a, i) => s + a * v[i], 0));

function rotation(degrees) {
  const [x, y, z] = degrees.map((d) => (d * Math.PI) / 180);
  const [cx, sx, cy, sy, cz, sz] = [x, y, z].flatMap((a) => [Math.cos(a), Math.sin(a)]);
  const rx = [
    [1, 0, 0],
    [0, cx, -sx],
    [0, sx, cx],
  ]; // prettier-ignore
  const ry = [
    [cy, 0, sy],
    [0, 1, 0],
    [-sy, 0, cy],
  ]; // prettier-ignore
  const rz = [
    [cz, -sz, 0],
    [sz, cz, 0],
    [0, 0, 1],
  ]; // prettier-ignore
  return multiply(rz, multiply(ry, rx));
}

function readSkeleton(file) {
  const text = fs.readFileSync(file, 'utf8').replaceAll('\r', '');
  const bones = {};
  for (const [, block] of text.matchAll(/begin\s*\n(\s*id[\s\S]*?)end\b/g)) {
    const words = (key) =>
      block
        .match(new RegExp(`^\\s*${key}\\s+(.*)$`, 'm'))?.[1]
        .trim()
        .split(/\s+/) ?? [];
    bones[words('name')[0]] = {
      way: scale(words('direction').map(Number), Number(words('length')[0])),
      axes: rotation(words('axis').slice(0, 3).map(Number)),
      dof: words('dof'),
    };
  }
  const children = {};
  for (const line of text.slice(text.indexOf(':hierarchy')).split('\n')) {
    const [parent, ...others] = line.trim().split(/\s+/);
    if (parent === 'root' || bones[parent]) children[parent] = others;
  }
  return { bones, children };
}

function readFrames(file) {
  const frames = [];
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const [first, ...numbers] = line.trim().split(/\s+/);
    if (/^\d+$/.test(first) && numbers.length === 0) frames.push({});
    else if (frames.length && first && !/^[#:]/.test(first)) frames.at(-1)[first] = numbers.map(Number);
  }
  return frames;
}

function posed({ bones, children }, frame) {
  const at = { root: frame.root.slice(0, 3) };
  const turned = { root: rotation(frame.root.slice(3)) };
  const todo = ['root'];
  while (todo.length) {
    const parent = todo.pop();
    for (const name of children[parent] ?? []) {
      const bone = bones[name];
      const values = Object.fromEntries(bone.dof.map((d, i) => [d, frame[name]?.[i] ?? 0]));
      const own = rotation([values.rx ?? 0, values.ry ?? 0, values.rz ?? 0]);
      turned[name] = multiply(turned[parent], multiply(bone.axes, multiply(own, transpose(bone.axes))));
      at[name] = add(at[parent], apply(turned[name], bone.way));
      todo.push(name);
    }
  }
  return { at: Object.fromEntries(Object.entries(at).map(([k, v]) => [k, scale(v, UNIT)])), turned };
}

function pointsOfCmu({ at, turned }) {
  const points = {};
  for (const [s, side] of [
    ['l', 'left'],
    ['r', 'right'],
  ]) {
    // prettier-ignore
    points[`${side}_hip`] = at[`${s}hipjoint`];
    points[`${side}_knee`] = at[`${s}femur`];
    points[`${side}_ankle`] = at[`${s}tibia`];
    points[`${side}_heel`] = add(at[`${s}tibia`], apply(turned[`${s}foot`], [0, -0.06, -0.05]));
    points[`${side}_foot_index`] = at[`${s}toes`];
    points[`${side}_shoulder`] = at[`${s}clavicle`];
    points[`${side}_elbow`] = at[`${s}humerus`];
    points[`${side}_wrist`] = at[`${s}radius`];
  }
  points.head = at.head;
  points.headForward = apply(turned.head, [0, 0, 1]);
  return points;
}

function readOpenCap(file) {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const names = lines[3].split('\t');
  const column = (name) => names.indexOf(name);
  const rows = lines.slice(5).filter((line) => /^\d/.test(line.trim()));
  return rows.map((line) => {
    const cells = line.split('\t').map(Number);
    const at = (name) => cells.slice(column(name), column(name) + 3);
    const points = {};
    for (const [s, side] of [
      ['L', 'left'],
      ['R', 'right'],
    ]) {
      // prettier-ignore
      for (const [theirs, ours] of [
        ['Hip', 'hip'],
        ['Knee', 'knee'],
        ['Ankle', 'ankle'],
        ['Heel', 'heel'],
        ['BigToe', 'foot_index'],
        ['Shoulder', 'shoulder'],
        ['Elbow', 'elbow'],
        ['Wrist', 'wrist'],
      ]) // prettier-ignore
        points[`${side}_${ours}`] = at(s + theirs);
    }
    points.head = add(at('Neck'), [0, 0.25, 0]);
    return { t: cells[1], points };
  });
}

// The points of face and hands, which turn nothing that is compared.
function completed(points, ahead) {
  const across = unit(sub(points.right_shoulder, points.left_shoulder));
  const forward = points.headForward ?? ahead;
  const eyes = add(add(points.head, scale(forward, 0.09)), [0, -0.05, 0]);
  const all = { ...points, nose: add(eyes, [0, -0.04, 0]) };
  for (const side of ['left', 'right']) {
    const out = scale(across, side === 'left' ? -1 : 1);
    for (const eye of [`${side}_eye_inner`, `${side}_eye`, `${side}_eye_outer`]) all[eye] = add(eyes, scale(out, 0.03));
    all[`${side}_ear`] = add(add(points.head, scale(out, 0.07)), [0, -0.06, 0]);
    all[`mouth_${side}`] = add(add(eyes, scale(out, 0.02)), [0, -0.07, 0]);
    const hand = unit(sub(points[`${side}_wrist`], points[`${side}_elbow`]));
    for (const [finger, way] of [
      ['index', 0.09],
      ['pinky', 0.08],
      ['thumb', 0.05],
    ]) // prettier-ignore
      all[`${side}_${finger}`] = add(points[`${side}_wrist`], scale(hand, way));
  }
  return LANDMARKS.map((name) => all[name]);
}

// Turned about the vertical so that the hips travel along x.
function alongX(frames) {
  const hips = (p) => mid(p.left_hip, p.right_hip);
  const way = sub(hips(frames.at(-1).points), hips(frames[0].points));
  const angle = Math.atan2(way[2], way[0]);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const turn = ([x, y, z]) => [c * x + s * z, y, -s * x + c * z];
  return frames.map(({ t, points }) => ({
    t,
    points: Object.fromEntries(Object.entries(points).map(([name, p]) => [name, turn(p)])),
  }));
}

export function recordedWalks(data) {
  const walks = [];
  for (const [name, skeleton] of [
    ['02_01', '02'],
    ['03_01', '03'],
  ]) {
    // prettier-ignore
    const folder = path.join(data, 'motion/cmu');
    const body = readSkeleton(path.join(folder, `${skeleton}.asf`));
    const frames = readFrames(path.join(folder, `${name}.amc`)).map((frame, i) => ({
      t: i / 30,
      points: pointsOfCmu(posed(body, frame)),
    }));
    walks.push({ name: `cmu_${name}`, frames });
  }
  // In its first 0.75 s the walker enters the cameras' view, and points jump.
  const opencap = readOpenCap(path.join(data, 'mocap/opencap/walk.trc')).filter(({ t }) => t >= 0.75);
  walks.push({ name: 'opencap', frames: opencap.map((f) => ({ ...f, t: f.t - opencap[0].t })) });
  return walks.map(({ name, frames }) => ({
    name,
    frames: alongX(frames).map(({ t, points }) => ({ t, points: completed(points, [1, 0, 0]) })),
  }));
}
