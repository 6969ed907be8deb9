// SPDX-License-Identifier: Apache-2.0
// A boat on a river. Shifting the weight or leaning steers it to a water lily at that side.
import {
  type BufferAttribute,
  CylinderGeometry,
  Group,
  Mesh,
  MeshStandardMaterial,
  PlaneGeometry,
  SphereGeometry,
} from 'three';
import type { GameObject } from 'reprise-engine';
import { Cast } from './cast.ts';
import { ring } from './land.ts';
import { capsule, cloud, hill, lily, matte, solid, tree } from './shapes.ts';
import { halfHeight, type Place, type Surroundings } from './place.ts';

/** From bank to bank where the boat goes, and the length of the river that is seen. */
const WIDE = 8;
const LONG = 26;
/** Half of the boat's width, and a little water. */
const BESIDE = 0.85;

function boat() {
  const group = new Group();
  const hull = solid(new SphereGeometry(0.7, 16, 8, 0, 2 * Math.PI, Math.PI / 2, Math.PI / 2), matte('#c1503c'));
  hull.scale.set(0.85, 0.75, 1.7);
  hull.position.y = 0.38;
  hull.material.side = 2;
  const rim = solid(new CylinderGeometry(0.7, 0.7, 0.07, 20, 1, true), matte('#ffe9c7'), [0, 0.4, 0]);
  rim.material.side = 2;
  rim.scale.set(0.87, 1, 1.72);
  const rower = capsule(0.24, 0.35, '#2f8f9d');
  rower.position.set(0, 0.72, 0.1);
  const head = solid(new SphereGeometry(0.21, 14, 10), matte('#d9a27a', { smooth: true }), [0, 1.22, 0.1]);
  const hat = solid(new CylinderGeometry(0.12, 0.36, 0.2, 14), matte('#e9cf8d'), [0, 1.38, 0.1]);
  const hold = ring(1.1);
  hold.group.position.y = 1;
  group.add(hull, rim, solid(new CylinderGeometry(0.55, 0.55, 0.04, 16), matte('#8a5a3b'), [0, 0.24, 0]));
  group.add(rower, head, hat, hold.group);
  return { group, hold };
}

function water({ palette, scenery }: Surroundings) {
  const [across, along] = [Math.round(14 + 12 * scenery), Math.round(20 + 24 * scenery)];
  const surface = new Mesh(
    new PlaneGeometry(WIDE + 8, 60, across, along),
    new MeshStandardMaterial({ color: palette.water, flatShading: true, roughness: 0.25, metalness: 0.15 }),
  );
  surface.rotation.x = -Math.PI / 2;
  surface.position.z = -22;
  surface.receiveShadow = true;
  const points = surface.geometry.getAttribute('position') as BufferAttribute;
  const wave = (time_s: number) => {
    for (let i = 0; i < points.count; i++) {
      const [x, y] = [points.getX(i), points.getY(i)];
      points.setZ(i, 0.07 * Math.sin(1.7 * x + 1.1 * time_s) + 0.09 * Math.sin(0.9 * y - 1.6 * time_s + x));
    }
    points.needsUpdate = true;
  };
  wave(0);
  return { surface, wave };
}

/** The banks go by as the river flows. */
function banks({ palette, chance, scenery }: Surroundings) {
  const group = new Group();
  const things: { body: Group; z: number }[] = [];
  const meadow = new Mesh(new PlaneGeometry(200, 120), matte(palette.groundFar));
  meadow.rotation.x = -Math.PI / 2;
  meadow.position.set(0, -0.5, -60);
  group.add(meadow);
  for (const side of [-1, 1]) {
    const bank = solid(new CylinderGeometry(6, 6, 70, 14), matte(palette.ground), [side * (WIDE / 2 + 6.4), -4.9, -25]);
    bank.rotation.x = Math.PI / 2;
    group.add(bank);
    const many = Math.round(16 * scenery) + 2;
    for (let i = 0; i < many; i++) {
      const body = tree(palette, chance);
      body.position.set(side * (WIDE / 2 + 2.4 + 4 * chance()), 0.5 + 0.4 * chance(), 0);
      things.push({ body, z: (44 * (i + chance())) / many });
    }
    for (let i = 0; i < many; i++) {
      const reed = new Group();
      for (let n = 0; n < 4; n++) {
        const stem = solid(new CylinderGeometry(0.02, 0.035, 1, 5), matte(palette.leaves[2]), [
          0.3 * (chance() - 0.5),
          0.45,
          0.3 * (chance() - 0.5),
        ]);
        stem.rotation.z = 0.4 * (chance() - 0.5);
        reed.add(stem);
      }
      reed.add(solid(new CylinderGeometry(0.07, 0.07, 0.3, 6), matte('#7a4f2e'), [0, 0.95, 0]));
      reed.position.set(side * (WIDE / 2 + 0.3 + 0.7 * chance()), -0.1, 0);
      things.push({ body: reed, z: (44 * (i + chance())) / many });
    }
  }
  group.add(...things.map(({ body }) => body));
  palette.far.forEach((color, row) => {
    for (let i = 0; i < 7; i++) {
      const mountain = hill(color);
      mountain.castShadow = false;
      mountain.scale.set(5 + 4 * chance(), (3 + 3 * chance()) * (1 + 0.4 * row), 3);
      mountain.position.set((i - 3) * 11 + 4 * chance(), -0.6, -50 - 8 * row);
      group.add(mountain);
    }
  });
  for (let i = 0; i < 5; i++) {
    const one = cloud(palette, chance);
    one.position.set((i - 2) * 13, 10 + 5 * chance(), -48);
    one.scale.setScalar(1.6);
    group.add(one);
  }
  const flow = (way: number) => {
    for (const { body, z } of things) body.position.z = 4 - ((((z - way) % 44) + 44) % 44);
  };
  flow(0);
  return { group, flow };
}

function buoys(): { group: Group; touch: (yes: boolean) => void } {
  const group = new Group();
  const paint = matte('#f4f7fb', { smooth: true });
  for (let i = 0; i < 12; i++) {
    const red = i % 2 === 0;
    group.add(
      solid(new SphereGeometry(0.2, 10, 8), red ? matte('#d9573f', { smooth: true }) : paint, [0, 0.12, 2 - i * 1.6]),
    );
  }
  return { group, touch: (yes) => paint.color.set(yes ? '#ffb59f' : '#f4f7fb') };
}

export function riverPlace(around: Surroundings): Place {
  const group = new Group();
  const sailing = boat();
  const { surface, wave } = water(around);
  const shores = banks(around);

  function make({ shape, variant }: GameObject) {
    if (shape === 'boat')
      return { body: sailing.group, show: (_: GameObject, { kept }: { kept: number }) => sailing.hold.fill(kept) };
    if (shape === 'lid') {
      const line = buoys();
      return { body: line.group, show: ({ bright }: GameObject) => line.touch(bright) };
    }
    if (shape !== 'lily' && shape !== 'gathered') return undefined;
    const flower = lily(variant);
    if (shape === 'gathered') {
      flower.open(1);
      flower.group.scale.setScalar(0.6);
      return { body: flower.group };
    }
    return {
      body: flower.group,
      show: ({ bright, size }: GameObject) => {
        flower.open(bright ? 1 : 0.2);
        flower.group.scale.setScalar(0.6 + 0.6 * size);
      },
    };
  }
  const cast = new Cast(make, ({ shape, x, y, task }) => {
    // Gathered ones float along the banks.
    if (shape === 'gathered') return [(task % 2 === 0 ? -1 : 1) * (WIDE / 2 - 0.35), 0.1, -2 - 16 * y];
    const ahead = shape === 'lily' ? 2.3 : 0;
    // The limit is for the boat's middle; its line lies beside the boat.
    if (shape === 'lid') return [(x - 0.5) * WIDE + BESIDE * Math.sign(x - 0.5), 0.1, 0];
    return [(x - 0.5) * WIDE, shape === 'boat' ? 0.05 : 0.1, -ahead - y * LONG];
  });
  group.add(surface, shores.group, cast.group);
  return {
    group,
    fit(camera, aspect) {
      // As much of the river's width as there is room for.
      const away = Math.max(9, 4.6 / halfHeight(1) / Math.max(0.4, aspect));
      camera.position.set(0, 1.2 + 0.3 * away, 0.95 * away);
      camera.lookAt(0, 0.13 * away, -4);
    },
    show: (state) => cast.show(state),
    move(time_s, passed_s, state) {
      const before = sailing.group.position.x;
      cast.move(passed_s);
      const { position, rotation } = sailing.group;
      if (passed_s === null) return;
      const lean = Math.max(-0.35, Math.min(0.35, (before - position.x) / Math.max(passed_s, 0.01) / 9));
      rotation.z += (lean - rotation.z) * 0.2;
      rotation.y = 0.8 * rotation.z;
      position.y = 0.05 + 0.05 * Math.sin(1.7 * time_s);
      wave(time_s);
      shores.flow(state.traveled * 60);
    },
    spark: () => {
      const { x } = sailing.group.position;
      return [x, 0.8, 0];
    },
  };
}
