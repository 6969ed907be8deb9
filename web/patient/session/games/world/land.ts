// SPDX-License-Identifier: Apache-2.0
// What the worlds of several games have: ground, mountains far away, trees and clouds that drift by.
import {
  BoxGeometry,
  ConeGeometry,
  CylinderGeometry,
  Group,
  IcosahedronGeometry,
  Mesh,
  MeshStandardMaterial,
  PlaneGeometry,
  SphereGeometry,
  type Object3D,
} from 'three';
import { cloud, hill, matte, solid, tree } from './shapes.ts';
import type { Surroundings } from './place.ts';

export const GROUND = -3.4;
/** From the ground to the highest place. */
export const SPAN = 5.6;
export const FAR = 15.5;

/** The ground, and three rows of mountains behind it. */
export function land({ palette, chance }: Surroundings): Group {
  const group = new Group();
  const ground = new Mesh(new PlaneGeometry(160, 90, 40, 20), matte(palette.ground));
  const points = ground.geometry.getAttribute('position');
  for (let i = 0; i < points.count; i++) points.setZ(i, 0.22 * (chance() - 0.5));
  ground.geometry.computeVertexNormals();
  ground.rotation.x = -Math.PI / 2;
  ground.position.set(0, GROUND, -36);
  ground.receiveShadow = true;
  group.add(ground);
  palette.far.forEach((color, row) => {
    for (let i = 0; i < 9; i++) {
      const mountain = hill(color);
      mountain.castShadow = false;
      mountain.scale.set(5 + 4 * chance(), (3 + 3.5 * chance()) * (1 + 0.45 * row), 3);
      mountain.position.set((i - 4) * 11 + 5 * chance(), GROUND - 0.4, -22 - 13 * row);
      group.add(mountain);
    }
  });
  return group;
}

const BLOSSOMS = ['#ffffff', '#ffd766', '#f58fb0', '#b9a2ff'] as const;

/** Grass and flowers near the camera. */
function flowers({ palette, chance, scenery }: Surroundings, drift: Drift) {
  const many = Math.round(46 * scenery);
  for (let i = 0; i < many; i++) {
    const tuft = new Group();
    for (let n = 0; n < 3; n++) {
      const blade = solid(new ConeGeometry(0.05, 0.42, 4), matte(palette.leaves[n] ?? palette.leaves[0]));
      blade.position.set(0.09 * (n - 1), 0.18, 0);
      blade.rotation.z = -0.3 * (n - 1);
      tuft.add(blade);
    }
    if (i % 2 === 0)
      tuft.add(solid(new IcosahedronGeometry(0.09, 0), matte(BLOSSOMS[i % 4] ?? BLOSSOMS[0]), [0, 0.45, 0]));
    const z = -3 + 6.5 * chance();
    tuft.position.set(0, GROUND, z);
    tuft.scale.setScalar(0.8 + 0.6 * chance());
    drift.add(tuft, (64 * (i + chance())) / many, 12 / (12 - z));
  }
}

/** Things that drift by to the left and come again at the right. */
export class Drift {
  readonly group = new Group();
  readonly #things: { body: Object3D; x: number; slow: number }[] = [];
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  add(body: Object3D, x: number, slow: number) {
    this.#things.push({ body, x, slow });
    this.group.add(body);
  }

  /** `way`: gone since the start. */
  show(way: number) {
    const width = this.#width;
    for (const { body, x, slow } of this.#things)
      body.position.x = ((((x - way * slow) % width) + width) % width) - width / 2;
  }
}

export function woods(around: Surroundings, { rows = [-4, -8, -13] as readonly number[], near = true } = {}): Drift {
  const { palette, chance, scenery } = around;
  const drift = new Drift(64);
  for (const z of rows) {
    const many = Math.round(11 * scenery);
    for (let i = 0; i < many; i++) {
      const one = tree(palette, chance);
      one.position.set(0, GROUND, z - 3 * chance());
      if (!near && z > -6) one.scale.multiplyScalar(0.7);
      drift.add(one, (64 * (i + chance())) / many, 12 / (12 - z));
    }
  }
  flowers(around, drift);
  for (let i = 0; i < Math.round(7 * scenery) + 1; i++) {
    const one = cloud(palette, chance);
    one.position.set(0, 3.6 + 4.2 * chance(), -18 - 12 * chance());
    one.scale.setScalar(0.9 + 0.9 * chance());
    drift.add(one, 64 * chance(), 0.35);
  }
  return drift;
}

/** The limit: a bank of cloud that nothing goes through, its lower edge at y 0. */
export function lid({ palette, chance }: Surroundings, width: number): { group: Group; touch: (yes: boolean) => void } {
  const group = new Group();
  const material = new MeshStandardMaterial({
    color: palette.cloud,
    flatShading: true,
    roughness: 1,
    emissive: palette.cloud,
    emissiveIntensity: 0.25,
  });
  const puffs = Math.round(width * 1.05);
  for (let i = 0; i < puffs; i++) {
    const puff = new Mesh(new IcosahedronGeometry(0.85 + 0.4 * chance(), 1), material);
    puff.position.set((i / (puffs - 1) - 0.5) * width, 0.75 + 0.2 * chance(), 0.5 * chance() - 0.5);
    puff.scale.y = 0.75;
    group.add(puff);
  }
  const rope = solid(new BoxGeometry(width, 0.07, 0.07), matte('#d9573f'), [0, 0, 0.9]);
  group.add(rope);
  return { group, touch: (yes) => material.color.set(yes ? '#f2a48e' : palette.cloud) };
}

/** How much of a hold is done, as a ring that fills. */
export function ring(radius: number): { group: Group; fill: (share: number) => void } {
  const group = new Group();
  const beads = Array.from({ length: 24 }, (_, i) => {
    const around = Math.PI / 2 - (2 * Math.PI * i) / 24;
    const material = matte('#ffc531', { emissive: '#ffb000', glow: 0.5 });
    const bead = solid(new SphereGeometry(0.075, 8, 6), material, [
      radius * Math.cos(around),
      radius * Math.sin(around),
      0.6,
    ]);
    bead.castShadow = false;
    group.add(bead);
    return bead;
  });
  group.visible = false;
  return {
    group,
    fill: (share) => {
      group.visible = share > 0;
      for (const [i, bead] of beads.entries()) bead.scale.setScalar(i < 24 * share ? 1.2 : 0.45);
    },
  };
}

export const pole = (height: number, color: string) =>
  solid(new CylinderGeometry(0.06, 0.07, height, 7), matte(color), [0, height / 2, 0]);
