// SPDX-License-Identifier: Apache-2.0
// From the engine's segments to the bones that carry the surface. Between two segments lies a bone that has turned half
// way: without it, a surface collapses where a joint bends far.
import { Matrix4, Quaternion, Vector3 } from 'three';
import type { DrawnBody } from 'reprise-engine';

export type Figure = Pick<DrawnBody, 'landmarks_m' | 'segments'>;

export const BONE = { pelvis: 0, spine: 1, trunk: 2, neck: 3, head: 4 } as const;
/** Of one side, from `sideBone`. */
const LIMBS = [
  'hip',
  'thigh',
  'knee',
  'shank',
  'ankle',
  'foot',
  'shoulder',
  'upperArm',
  'elbow',
  'forearm',
  'wrist',
  'hand',
] as const;
export type LimbBone = (typeof LIMBS)[number];
export type BodySide = 'left' | 'right';
export const sideBone = (side: BodySide, bone: LimbBone) =>
  5 + (side === 'right' ? LIMBS.length : 0) + LIMBS.indexOf(bone);
export const BONE_COUNT = 5 + 2 * LIMBS.length;

/** Of the engine's landmarks, on the left; the right one follows. */
const LANDMARK = { shoulder: 11, elbow: 13, wrist: 15, hip: 23, knee: 25, ankle: 27, heel: 29, toe: 31 } as const;
export type Joint = keyof typeof LANDMARK;
/** Of the engine's segments. */
const SEGMENT = {
  pelvis: 0,
  trunk: 1,
  head: 2,
  thigh: 3,
  shank: 4,
  foot: 5,
  upperArm: 6,
  forearm: 7,
  hand: 8,
} as const;
const SEGMENTS_A_SIDE = 6;
/** Trunk length from the hips to the neck's turning point is what the shoulders show. */
const sides: readonly BodySide[] = ['left', 'right'];

export function jointOf({ landmarks_m }: Pick<Figure, 'landmarks_m'>, joint: Joint, side: BodySide): Vector3 {
  const i = 3 * (LANDMARK[joint] + (side === 'right' ? 1 : 0));
  return new Vector3(landmarks_m[i], landmarks_m[i + 1], landmarks_m[i + 2]);
}

export const middleOf = (figure: Pick<Figure, 'landmarks_m'>, joint: Joint) =>
  jointOf(figure, joint, 'left')
    .add(jointOf(figure, joint, 'right'))
    .multiplyScalar(0.5);

function turnOf({ segments }: Figure, segment: keyof typeof SEGMENT, side: BodySide = 'left'): Quaternion {
  const s = SEGMENT[segment];
  const i = 9 * (s + (s >= SEGMENT.thigh && side === 'right' ? SEGMENTS_A_SIDE : 0));
  const axis = (n: number) => new Vector3(segments[i + 3 * n], segments[i + 3 * n + 1], segments[i + 3 * n + 2]);
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(axis(0), axis(1), axis(2)));
}

/** Half way from one turn to the other, the short way around. */
const between = (from: Quaternion, to: Quaternion) => from.clone().slerp(to, 0.5);

/** Of an arm straight up, both ways around are equally short: it was raised in front or at the side. */
function shoulderBetween(trunk: Quaternion, upperArm: Quaternion, side: BodySide): Quaternion {
  const half = between(trunk, upperArm);
  const down = new Vector3(0, -1, 0).applyQuaternion(trunk.clone().invert().multiply(half));
  const out = side === 'right' ? down.z : -down.z;
  if (down.x + out >= -0.2) return half;
  const [a, b] = [trunk, upperArm];
  const way = trunk.dot(upperArm) < 0 ? 1 : -1;
  return new Quaternion(a.x + way * b.x, a.y + way * b.y, a.z + way * b.z, a.w + way * b.w).normalize();
}

/**
 * The shoulder goes up and inwards with a raised arm; the engine's stays where it is. Unsourced default: from 40
 * degrees on, 70 mm up and 55 mm in when the arm is straight up.
 */
function shoulderLift(trunk: Quaternion, upperArm: Quaternion, side: BodySide): Vector3 {
  const up = new Vector3(0, 1, 0).applyQuaternion(trunk);
  const raised = Math.acos(Math.max(-1, Math.min(1, up.dot(new Vector3(0, 1, 0).applyQuaternion(upperArm)))));
  const share = Math.max(0, (raised - 0.7) / (Math.PI - 0.7));
  const inward = new Vector3(0, 0, side === 'right' ? -1 : 1).applyQuaternion(trunk);
  return up.multiplyScalar(0.07 * share).addScaledVector(inward, 0.055 * share);
}

const SKULL = { ahead: -0.005, above: 0.21, radius: 0.1 } as const;

/** A head that would sink into the floor rests on it. */
function resting(head: Quaternion, neck: Vector3): Quaternion {
  const skull = new Vector3(SKULL.ahead, SKULL.above, 0).applyQuaternion(head);
  if (neck.y + skull.y >= SKULL.radius) return head;
  const length = skull.length();
  const wanted = Math.asin(Math.max(-1, Math.min(1, (SKULL.radius - neck.y) / length)));
  const axis = new Vector3().crossVectors(skull, new Vector3(0, 1, 0)).normalize();
  const turn = new Quaternion().setFromAxisAngle(axis, wanted - Math.asin(skull.y / length));
  return turn.multiply(head);
}

const HAND_M = 0.17;

/** A hand that would go through the floor lies flat on it, the palm down and the fingers towards the head. */
function onFloor(hand: Quaternion, wrist: Vector3, side: BodySide, towardsHead: Vector3): Quaternion {
  const tip = new Vector3(0, -HAND_M, 0).applyQuaternion(hand).add(wrist);
  if (tip.y > -0.03) return hand;
  const ahead = new Vector3(towardsHead.x, 0, towardsHead.z);
  if (ahead.length() < 0.1) return hand;
  ahead.normalize();
  const [y, z] = [ahead.negate(), new Vector3(0, side === 'right' ? 1 : -1, 0)];
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(new Vector3().crossVectors(y, z), y, z));
}

/** Returns where each bone is: its turn, about its joint. `floor`: whether head and hands stay above y = 0. */
export function bonesOf(figure: Figure, floor = true): Matrix4[] {
  const bones = Array.from({ length: BONE_COUNT }, () => new Matrix4());
  const one = new Vector3(1, 1, 1);
  const put = (bone: number, at: Vector3, turn: Quaternion) => bones[bone]?.compose(at, turn, one);
  const [pelvis, trunk] = [turnOf(figure, 'pelvis'), turnOf(figure, 'trunk')];
  const hips = middleOf(figure, 'hip');
  const neck = middleOf(figure, 'shoulder');
  const head = floor ? resting(turnOf(figure, 'head'), neck) : turnOf(figure, 'head');
  put(BONE.pelvis, hips, pelvis);
  put(BONE.spine, hips, between(pelvis, trunk));
  put(BONE.trunk, hips, trunk);
  put(BONE.neck, neck, between(trunk, head));
  put(BONE.head, neck, head);
  for (const side of sides) {
    const at = (joint: Joint) => jointOf(figure, joint, side);
    const of = (segment: keyof typeof SEGMENT) => turnOf(figure, segment, side);
    const lift = shoulderLift(trunk, of('upperArm'), side);
    const limb = (bone: LimbBone, joint: Joint, turn: Quaternion) => put(sideBone(side, bone), at(joint), turn);
    const arm = (bone: LimbBone, joint: Joint, turn: Quaternion) =>
      put(sideBone(side, bone), at(joint).add(lift), turn);
    limb('hip', 'hip', between(pelvis, of('thigh')));
    limb('thigh', 'hip', of('thigh'));
    limb('knee', 'knee', between(of('thigh'), of('shank')));
    limb('shank', 'knee', of('shank'));
    limb('ankle', 'ankle', between(of('shank'), of('foot')));
    limb('foot', 'ankle', of('foot'));
    arm('shoulder', 'shoulder', shoulderBetween(trunk, of('upperArm'), side));
    arm('upperArm', 'shoulder', of('upperArm'));
    arm('elbow', 'elbow', between(of('upperArm'), of('forearm')));
    arm('forearm', 'elbow', of('forearm'));
    const hand = floor ? onFloor(of('hand'), at('wrist'), side, neck.clone().sub(hips)) : of('hand');
    arm('wrist', 'wrist', between(of('forearm'), hand));
    arm('hand', 'wrist', hand);
  }
  return bones;
}

/** Segment lengths of the engine's body, meters. */
export interface Lengths {
  trunk: number;
  halfShoulders: number;
  halfHips: number;
  upperArm: number;
  forearm: number;
  thigh: number;
  shank: number;
  ankleHeight: number;
  heelBehind: number;
  toeAhead: number;
}

/** Reads them from any posture of the body with level shoulders. */
export function lengthsOf(figure: Figure): Lengths {
  const at = (joint: Joint) => jointOf(figure, joint, 'left');
  const foot = turnOf(figure, 'foot', 'left').invert();
  const heel = at('heel').sub(at('ankle')).applyQuaternion(foot);
  const toe = at('toe').sub(at('ankle')).applyQuaternion(foot);
  return {
    trunk: middleOf(figure, 'shoulder').distanceTo(middleOf(figure, 'hip')),
    halfShoulders: at('shoulder').distanceTo(jointOf(figure, 'shoulder', 'right')) / 2,
    halfHips: at('hip').distanceTo(jointOf(figure, 'hip', 'right')) / 2,
    upperArm: at('shoulder').distanceTo(at('elbow')),
    forearm: at('elbow').distanceTo(at('wrist')),
    thigh: at('hip').distanceTo(at('knee')),
    shank: at('knee').distanceTo(at('ankle')),
    ankleHeight: -heel.y,
    heelBehind: -heel.x,
    toeAhead: toe.x,
  };
}

/**
 * The body in the posture that its surface is made in: upright, middle of the hips at the origin, arms and legs this
 * far out, radians.
 */
export function restFigure(lengths: Lengths, arms: number, legs: number): Figure {
  const landmarks_m = new Float64Array(33 * 3);
  const segments = new Float64Array(15 * 9);
  const set = (joint: Joint, side: BodySide, v: Vector3) =>
    landmarks_m.set([v.x, v.y, v.z], 3 * (LANDMARK[joint] + (side === 'right' ? 1 : 0)));
  const turn = (segment: keyof typeof SEGMENT, side: BodySide, angle: number) => {
    const s = SEGMENT[segment] + (side === 'right' && SEGMENT[segment] >= SEGMENT.thigh ? SEGMENTS_A_SIDE : 0);
    const [c, sine] = [Math.cos(angle), Math.sin(angle)];
    segments.set([1, 0, 0, 0, c, sine, 0, -sine, c], 9 * s);
  };
  for (const segment of ['pelvis', 'trunk', 'head'] as const) turn(segment, 'left', 0);
  for (const side of sides) {
    const out = side === 'right' ? 1 : -1;
    const down = (angle: number, length: number) =>
      new Vector3(0, -Math.cos(angle) * length, out * Math.sin(angle) * length);
    const shoulder = new Vector3(0, lengths.trunk, out * lengths.halfShoulders);
    const elbow = shoulder.clone().add(down(arms, lengths.upperArm));
    const hip = new Vector3(0, 0, out * lengths.halfHips);
    const knee = hip.clone().add(down(legs, lengths.thigh));
    const ankle = knee.clone().add(down(legs, lengths.shank));
    set('shoulder', side, shoulder);
    set('elbow', side, elbow);
    set('wrist', side, elbow.clone().add(down(arms, lengths.forearm)));
    set('hip', side, hip);
    set('knee', side, knee);
    set('ankle', side, ankle);
    set('heel', side, ankle.clone().add(new Vector3(-lengths.heelBehind, -lengths.ankleHeight, 0)));
    set('toe', side, ankle.clone().add(new Vector3(lengths.toeAhead, -lengths.ankleHeight, 0)));
    for (const segment of ['upperArm', 'forearm', 'hand'] as const) turn(segment, side, -out * arms);
    for (const segment of ['thigh', 'shank'] as const) turn(segment, side, -out * legs);
    turn('foot', side, 0);
  }
  return { landmarks_m, segments };
}
