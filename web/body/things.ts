// SPDX-License-Identifier: Apache-2.0
// The chair, mat, wall, step, weights or band around the person. Where they stand follows from the movement: a seat is
// under the hips, a wall where the hands or the back lean. Sizes are unsourced defaults.
import {
  BoxGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshStandardMaterial,
  Quaternion,
  Vector3,
  type BufferGeometry,
} from 'three';
import type { DrawnBody } from 'reprise-engine';
import type { ExerciseFile } from '../exercises/exercise_words.ts';
import { jointOf, middleOf, sideBone, bonesOf, type BodySide } from './pose.ts';

const WOOD = '#b98a5e';
const CLOTH = '#7fa3a0';
const IRON = '#4a525c';
const BAND = '#d9694a';
const WALL = '#f4ede3';
const CABINET = '#e3d8c8';
/** From the hip joint down to the seat, and from the wrist to the surface that it leans on. */
const SEAT_BELOW_M = 0.095;
const HAND_BELOW_M = 0.03;
const SIDES: readonly BodySide[] = ['left', 'right'];

export interface Things {
  group: Group;
  /** Corners that must be seen, too. */
  extent: Vector3[];
  /** Moves what the person holds. */
  follow(body: DrawnBody): void;
  dispose(): void;
}

interface Scene {
  exercise: Pick<ExerciseFile, 'equipment'> & { positions?: readonly string[] };
  /** One repetition, from its start. */
  bodies: readonly DrawnBody[];
  mirror: boolean;
}

class Builder {
  readonly group = new Group();
  readonly extent: Vector3[] = [];
  readonly followers: ((body: DrawnBody) => void)[] = [];

  mesh(geometry: BufferGeometry, color: string) {
    const mesh = new Mesh(geometry, new MeshStandardMaterial({ color, roughness: 0.85 }));
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    this.group.add(mesh);
    return mesh;
  }

  /** A box by its middle below and its size. */
  box(at: Vector3, size: readonly [number, number, number], color: string, seen = true) {
    const mesh = this.mesh(new BoxGeometry(...size), color);
    mesh.position.set(at.x, at.y + size[1] / 2, at.z);
    if (seen) {
      for (const x of [-1, 1])
        for (const z of [-1, 1])
          this.extent.push(new Vector3(at.x + (x * size[0]) / 2, at.y + size[1] - 0.1, at.z + (z * size[2]) / 2));
    }
    return mesh;
  }

  rod(color: string, radius: number) {
    const mesh = this.mesh(new CylinderGeometry(radius, radius, 1, 14), color);
    return (from: Vector3, to: Vector3) => {
      const along = to.clone().sub(from);
      mesh.position.copy(from).addScaledVector(along, 0.5);
      mesh.scale.set(1, Math.max(1e-3, along.length()), 1);
      mesh.quaternion.copy(new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), along.normalize()));
    };
  }
}

/** `facing`: 1 as the person faces, -1 the other way. `seat`: height of its surface. */
function chair(build: Builder, at: Vector3, seat: number, facing = 1) {
  const floor = (x: number, z: number) => new Vector3(at.x + facing * x, 0, at.z + z);
  build.box(new Vector3(at.x, seat - 0.04, at.z), [0.42, 0.04, 0.44], WOOD);
  for (const z of [-0.19, 0.19]) {
    build.box(floor(0.18, z), [0.035, seat - 0.04, 0.035], WOOD, false);
    build.box(floor(-0.19, z), [0.035, seat + 0.42, 0.035], WOOD, false);
  }
  build.box(new Vector3(at.x - facing * 0.19, seat + 0.2, at.z), [0.03, 0.22, 0.42], WOOD);
}

/** Whether the hands stay in front of the body, below the shoulders: they carry some of it. */
function leansOn(bodies: readonly DrawnBody[]) {
  const all = bodies.map(hands);
  const first = all[0];
  const [start] = bodies;
  if (!first || !start) return false;
  const still = all.every((each) => each.distanceTo(first) < 0.15);
  return still && first.x - middleOf(start, 'ankle').x > 0.45 && first.y < middleOf(start, 'shoulder').y;
}

/** A counter under the hands. */
const leanedOn = (build: Builder, at: Vector3) =>
  build.box(new Vector3(at.x + 0.16, 0, at.z), [0.5, at.y - HAND_BELOW_M, 1.2], WOOD);

/** Whether the hands are above the shoulders of a body that they carry. */
const hangs = (body: DrawnBody) => hands(body).y > middleOf(body, 'shoulder').y + 0.1;

/** A bar in the hands, on two posts. */
function grip(build: Builder, body: DrawnBody) {
  const { at } = palm(body, 'right');
  build.rod(IRON, 0.017)(new Vector3(at.x, at.y, -0.75), new Vector3(at.x, at.y, 0.75));
  for (const z of [-0.75, 0.75]) build.rod(IRON, 0.022)(new Vector3(at.x, 0, z), new Vector3(at.x, at.y + 0.03, z));
}

/** A kitchen counter to hold on to. */
function cabinet(build: Builder, aside: number) {
  build.box(new Vector3(0.1, 0, aside), [0.76, 0.85, 0.36], CABINET);
  build.box(new Vector3(0.1, 0.85, aside), [0.8, 0.035, 0.4], WOOD);
}

const hands = (body: DrawnBody) => middleOf(body, 'wrist');
const soleOf = (body: DrawnBody, side: BodySide) =>
  Math.min(jointOf(body, 'heel', side).y, jointOf(body, 'toe', side).y);

/** The middle of the palm. */
function palm(body: DrawnBody, side: BodySide): { at: Vector3; turn: Quaternion } {
  const bone = bonesOf(body)[sideBone(side, 'hand')];
  const [at, turn, scale] = [new Vector3(), new Quaternion(), new Vector3()];
  bone?.decompose(at, turn, scale);
  at.add(new Vector3(0, -0.085, side === 'right' ? -0.03 : 0.03).applyQuaternion(turn));
  return { at, turn };
}

function mat(build: Builder, bodies: readonly DrawnBody[]) {
  const all = bodies.flatMap((body) => [...body.landmarks_m]);
  const along = (axis: number) => all.filter((_, i) => i % 3 === axis);
  const [low, high] = [Math.min(...along(0)) - 0.15, Math.max(...along(0)) + 0.12];
  const middle = (Math.min(...along(2)) + Math.max(...along(2))) / 2;
  build.box(new Vector3((low + high) / 2, -0.012, middle), [high - low, 0.013, 0.78], CLOTH, false);
}

function wall(build: Builder, bodies: readonly DrawnBody[]) {
  const ahead = Math.max(...bodies.map((body) => hands(body).x - middleOf(body, 'hip').x));
  const reach = bodies.map((body) => hands(body));
  const first = reach[0] ?? new Vector3();
  const still = reach.every((each) => Math.abs(each.x - first.x) < 0.12);
  const front = ahead > 0.3 && still && first.y > 0.8;
  const backs = bodies.flatMap((body) => [middleOf(body, 'hip').x - 0.15, middleOf(body, 'shoulder').x - 0.125]);
  const x = front ? Math.max(...reach.map((each) => each.x)) + 0.1 : Math.min(...backs) - 0.03;
  const mesh = build.box(new Vector3(x, 0, 0), [0.06, 2.05, 1.7], WALL, false);
  mesh.castShadow = false;
  (mesh.material as MeshStandardMaterial).emissive.set(WALL).multiplyScalar(0.22);
  mesh.userData.wall = front ? 1 : -1;
}

function step(build: Builder, bodies: readonly DrawnBody[]) {
  for (const side of SIDES) {
    const lowest = Math.min(...bodies.map((body) => soleOf(body, side)));
    if (lowest < 0.06) continue;
    const body = bodies.reduce((a, b) => (soleOf(b, side) < soleOf(a, side) ? b : a));
    const ankle = jointOf(body, 'ankle', side);
    build.box(new Vector3(ankle.x + 0.06, 0, ankle.z), [0.38, lowest, 0.5], WOOD);
    return;
  }
}

function weights(build: Builder) {
  const bars = SIDES.map((side) => ({
    side,
    rod: build.rod(IRON, 0.013),
    ends: [build.rod(IRON, 0.036), build.rod(IRON, 0.036)],
  }));
  build.followers.push((body) => {
    for (const { side, rod, ends } of bars) {
      const { at, turn } = palm(body, side);
      const along = new Vector3(1, 0, 0).applyQuaternion(turn);
      const place = (from: number) => at.clone().addScaledVector(along, from);
      rod(place(-0.07), place(0.07));
      ends[0]?.(place(0.06), place(0.11));
      ends[1]?.(place(-0.11), place(-0.06));
    }
  });
}

/** Whether it is the hands that lift something, and not a foot. */
function handsMove(bodies: readonly DrawnBody[]) {
  const ways = bodies.map((body) => hands(body).sub(middleOf(body, 'shoulder')));
  return ways.some((way) => way.distanceTo(ways[0] ?? way) > 0.2);
}

function band(build: Builder, bodies: readonly DrawnBody[]) {
  const wide = (body: DrawnBody) => jointOf(body, 'wrist', 'left').distanceTo(jointOf(body, 'wrist', 'right'));
  const [start, middle] = [bodies[0], bodies[Math.floor(bodies.length / 2)]];
  if (!start || !middle) return;
  const moves = hands(middle).sub(hands(start));
  if (Math.abs(wide(middle) - wide(start)) > 0.25 && moves.length() < 0.25) {
    const rod = build.rod(BAND, 0.008);
    build.followers.push((body) => rod(palm(body, 'left').at, palm(body, 'right').at));
    return;
  }
  const anchor = hands(start).addScaledVector(moves.normalize(), -0.55);
  build.extent.push(anchor);
  // Tied to a post, unless that would stand in the person.
  const apart = anchor.clone().sub(middleOf(start, 'hip')).setY(0).length();
  if (apart > 0.4) build.rod(WOOD, 0.022)(new Vector3(anchor.x, 0, anchor.z), anchor.clone().setY(anchor.y + 0.08));
  const rods = SIDES.map((side) => ({ side, rod: build.rod(BAND, 0.007) }));
  build.followers.push((body) => {
    for (const { side, rod } of rods) rod(palm(body, side).at, anchor);
  });
}

/** What the hands or the shoulders carry the body on. */
function held(build: Builder, bodies: readonly DrawnBody[], needs: (item: string) => boolean) {
  const body = bodies[0];
  if (!body) return;
  const at = hands(body);
  if (body.support === 'shoulders') {
    const shoulder = middleOf(body, 'shoulder');
    if (needs('firm_support'))
      build.box(new Vector3(shoulder.x - 0.12, 0, shoulder.z), [0.4, shoulder.y - 0.08, 1.1], WOOD);
    return;
  }
  if (hangs(body)) {
    grip(build, body);
  } else if (at.y > 0.2) {
    if (needs('chair')) chair(build, new Vector3(at.x - 0.1, 0, at.z), at.y - HAND_BELOW_M);
    else leanedOn(build, at);
  }
}

export function thingsFor({ exercise, bodies, mirror }: Scene): Things {
  const build = new Builder();
  const start = bodies[0];
  const needs = (item: string) => exercise.equipment?.some((each) => each.item === item && each.required) ?? false;
  const has = (item: string) => exercise.equipment?.some((each) => each.item === item) ?? false;
  if (start) {
    const hips = middleOf(start, 'hip');
    const lying = start.support === 'lying' || start.support === 'long_sitting';
    const carried = start.support === 'hands' || start.support === 'shoulders';
    const sits = !lying && !carried && hips.y > 0.36 && hips.y < 0.62 && exercise.positions?.includes('sitting');
    // Beside the side that does not work, where it hides nothing.
    const beside = mirror ? 0.62 : -0.62;
    if (sits) chair(build, new Vector3(hips.x + 0.04, 0, hips.z), hips.y - SEAT_BELOW_M);
    else if (carried) held(build, bodies, needs);
    else if (needs('chair') && !lying) chair(build, new Vector3(0.1, 0, beside), 0.45);
    else if (needs('firm_support') && !lying) {
      if (leansOn(bodies)) leanedOn(build, hands(start));
      else if (hangs(start)) grip(build, start);
      else cabinet(build, beside * 1.2);
    }
    if (has('bed_or_mat') && !sits) mat(build, bodies);
    if (needs('wall')) wall(build, bodies);
    if (needs('step')) step(build, bodies);
    if (has('weight') && handsMove(bodies)) weights(build);
    if (needs('elastic_band') || (has('elastic_band') && exercise.equipment?.[0]?.item === 'elastic_band'))
      band(build, bodies);
  }
  return {
    group: build.group,
    extent: build.extent,
    follow: (body) => {
      for (const follow of build.followers) follow(body);
    },
    dispose: () => {
      build.group.traverse((each) => {
        if (!(each instanceof Mesh)) return;
        (each.geometry as BufferGeometry).dispose();
        (each.material as MeshStandardMaterial).dispose();
      });
    },
  };
}
