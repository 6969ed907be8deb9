// SPDX-License-Identifier: Apache-2.0
// Which bones carry a point of the surface, and how much. At a joint the weight goes from one segment over the bone
// half way to the next segment.
import { ramp } from './implicit.ts';
import { BONE, jointOf, sideBone, type BodySide, type Figure, type Joint } from './pose.ts';

/** By bone; they add up to 1. */
export type Weights = Map<number, number>;
export type Weigh = (x: number, y: number, z: number) => Weights;

/** The most that one point may have: as the graphics card takes them. */
export const MOST_BONES = 4;

const add = (weights: Weights, bone: number, weight: number) => {
  if (weight > 0) weights.set(bone, (weights.get(bone) ?? 0) + weight);
};

/** `bend`: 0 on the first bone, 0.5 on the middle one, 1 on the last. `share`: of the whole weight. */
function across(weights: Weights, bones: readonly [number, number, number], bend: number, share: number) {
  add(weights, bones[0], share * Math.max(0, 1 - 2 * bend));
  add(weights, bones[1], share * (1 - Math.abs(2 * bend - 1)));
  add(weights, bones[2], share * Math.max(0, 2 * bend - 1));
}

/** Keeps the heaviest four. */
function strongest(weights: Weights): Weights {
  const kept = [...weights].sort((a, b) => b[1] - a[1]).slice(0, MOST_BONES);
  const sum = kept.reduce((total, [, weight]) => total + weight, 0);
  return new Map(kept.map(([bone, weight]) => [bone, weight / sum]));
}

/** How far past a joint a point lies, along the segment that ends or begins there. */
function past(figure: Figure, side: BodySide, from: Joint, to: Joint, at: Joint) {
  const [a, b, origin] = [jointOf(figure, from, side), jointOf(figure, to, side), jointOf(figure, at, side)];
  const along = b.sub(a).normalize();
  return (x: number, y: number, z: number) =>
    (x - origin.x) * along.x + (y - origin.y) * along.y + (z - origin.z) * along.z;
}

const SPINE = [BONE.pelvis, BONE.spine, BONE.trunk] as const;
const sideOf = (z: number): BodySide => (z >= 0 ? 'right' : 'left');

export const headWeights =
  (neckY: number): Weigh =>
  (x, y) => {
    const weights: Weights = new Map();
    // The throat is in front, the nape behind: the chin's height moves with the head.
    across(weights, [BONE.trunk, BONE.neck, BONE.head], ramp(-0.03, 0.12, y - neckY + 0.25 * Math.max(0, x)), 1);
    return weights;
  };

export const shirtWeights = (): Weigh => (_x, y, z) => {
  const weights: Weights = new Map();
  const side = sideOf(z);
  // Below the armpit a point is of the trunk, unless it is as far out as only a sleeve is.
  const sleeve = Math.max(ramp(0.22, 0.34, y), ramp(0.205, 0.24, Math.abs(z)) * ramp(0.1, 0.2, y));
  const raised = ramp(0.125, 0.255, Math.abs(z)) * sleeve;
  across(weights, SPINE, ramp(0.02, 0.3, y), 1 - raised);
  // On a sleeve the trunk's share goes over the shoulder to the arm.
  const arm: Weights = new Map();
  across(arm, [BONE.trunk, sideBone(side, 'shoulder'), sideBone(side, 'upperArm')], raised, 1);
  const all: Weights = new Map();
  for (const [bone, weight] of weights) add(all, bone, weight);
  for (const [bone, weight] of arm) add(all, bone, weight * raised);
  return strongest(all);
};

export const armWeights = (figure: Figure, side: BodySide): Weigh => {
  const elbow = past(figure, side, 'shoulder', 'elbow', 'elbow');
  const wrist = past(figure, side, 'elbow', 'wrist', 'wrist');
  const bone = (name: Parameters<typeof sideBone>[1]) => sideBone(side, name);
  return (x, y, z) => {
    const weights: Weights = new Map();
    const bend = ramp(-0.065, 0.065, elbow(x, y, z));
    const turn = ramp(-0.03, 0.03, wrist(x, y, z));
    across(weights, [bone('upperArm'), bone('elbow'), bone('forearm')], bend, 1 - turn);
    across(weights, [bone('forearm'), bone('wrist'), bone('hand')], turn, turn);
    return strongest(weights);
  };
};

export const trouserWeights = (figure: Figure): Weigh => {
  const of = (side: BodySide) => ({
    hip: past(figure, side, 'hip', 'knee', 'hip'),
    knee: past(figure, side, 'hip', 'knee', 'knee'),
  });
  const limbs = { left: of('left'), right: of('right') };
  return (x, y, z) => {
    const weights: Weights = new Map();
    const right = ramp(-0.022, 0.022, z);
    for (const side of ['left', 'right'] as const) {
      const share = side === 'right' ? right : 1 - right;
      if (share === 0) continue;
      // The groin folds at the joint; the seat is stretched further down.
      const hip = ramp(-0.075, 0.095, limbs[side].hip(x, y, z) + (x > 0 ? 0.25 : 0.1) * x);
      const knee = ramp(-0.085, 0.075, limbs[side].knee(x, y, z));
      const bone = (name: Parameters<typeof sideBone>[1]) => sideBone(side, name);
      const above = share * (1 - ramp(0.2, 0.3, limbs[side].hip(x, y, z)));
      if (above > 0) {
        const spine = 0.6 * ramp(0.02, 0.2, y);
        across(weights, [BONE.pelvis, bone('hip'), bone('thigh')], hip, above * (1 - spine));
        add(weights, BONE.spine, above * spine);
      }
      across(weights, [bone('thigh'), bone('knee'), bone('shank')], knee, share - above);
    }
    return strongest(weights);
  };
};

export const footWeights = (figure: Figure, side: BodySide): Weigh => {
  const ankle = jointOf(figure, 'ankle', side);
  return (_x, y) => {
    const weights: Weights = new Map();
    const names = ['shank', 'ankle', 'foot'] as const;
    const [shank, middle, foot] = names.map((name) => sideBone(side, name)) as [number, number, number];
    across(weights, [shank, middle, foot], ramp(-0.05, 0.02, ankle.y - y), 1);
    return weights;
  };
};

/** All of a point's weight on one bone. */
export const stiff =
  (bone: number): Weigh =>
  () =>
    new Map([[bone, 1]]);
