// SPDX-License-Identifier: Apache-2.0
import { BoxGeometry, ConeGeometry, CylinderGeometry, Group, IcosahedronGeometry, SphereGeometry } from 'three';
import type { GameObject } from 'reprise-engine';
import { Cast } from './cast.ts';
import { FAR, GROUND, land, lid, pole, ring, SPAN, woods } from './land.ts';
import { fruit, matte, seeded, solid } from './shapes.ts';
import { halfHeight, type Place, type Surroundings } from './place.ts';

/** Where the bag is at rest, above the ground. */
const LOW = 1.25;

function hedgehog(): Group {
  const group = new Group();
  const fur = matte('#7a5a44');
  const body = solid(new SphereGeometry(0.55, 14, 10), matte('#6a4d3a', { smooth: true }), [0, 0.5, 0]);
  body.scale.set(1.25, 0.95, 0.95);
  const chance = seeded(3);
  group.add(body);
  for (let i = 0; i < 60; i++) {
    const [around, up] = [Math.PI * (0.15 + 1.25 * chance()), Math.PI * chance()];
    const spine = solid(new ConeGeometry(0.05, 0.3, 5), fur);
    const [sx, sy, sz] = [Math.cos(around) * Math.sin(up), Math.sin(around) * Math.sin(up), Math.cos(up)];
    spine.position.set(0.62 * sx, 0.5 + 0.5 * sy, 0.5 * sz);
    spine.lookAt(spine.position.x + sx, spine.position.y + sy, spine.position.z + sz);
    spine.rotateX(Math.PI / 2);
    if (sx < 0.45) group.add(spine);
  }
  const face = solid(new SphereGeometry(0.34, 12, 10), matte('#e8c9a1', { smooth: true }), [0.6, 0.45, 0]);
  face.scale.set(1.15, 0.9, 0.95);
  const dark = matte('#2d1d12', { smooth: true });
  group.add(
    face,
    solid(new SphereGeometry(0.09, 8, 6), dark, [1.0, 0.47, 0]),
    solid(new SphereGeometry(0.055, 8, 6), dark, [0.78, 0.62, 0.22]),
    ...[-0.3, 0.35].map((x) => solid(new SphereGeometry(0.14, 8, 6), matte('#e8c9a1'), [x, 0.08, 0.3])),
  );
  return group;
}

function picker() {
  const group = new Group(); // its origin is the bag
  const stick = pole(1, '#8a5a3b');
  const animal = hedgehog();
  const hold = ring(0.85);
  const cloth = matte('#fff1d2');
  const bag = solid(new CylinderGeometry(0.5, 0.26, 0.55, 14, 1, true), cloth, [0, -0.2, 0]);
  cloth.side = 2;
  group.add(stick, animal, bag, solid(new SphereGeometry(0.28, 12, 6), cloth, [0, -0.48, 0]), hold.group);
  return {
    group,
    show({ bright }: GameObject, { kept }: { kept: number }) {
      cloth.color.set(bright ? '#ffdc8f' : '#fff1d2');
      hold.fill(kept);
    },
    /** Keeps the hedgehog on the ground below the bag. */
    stand() {
      const down = group.position.y - GROUND;
      animal.position.set(-0.25, -down, 0.55);
      stick.scale.y = Math.max(0.1, down - 0.5);
      stick.position.y = -down + 0.3 + stick.scale.y / 2;
    },
  };
}

function bigTree({ palette, chance }: Surroundings): Group {
  const group = new Group();
  const trunk = solid(new CylinderGeometry(0.35, 0.62, 7, 9), matte(palette.trunk), [0, 3, 0]);
  trunk.rotation.z = 0.08;
  group.add(trunk);
  for (let i = 0; i < 9; i++) {
    const leaf = matte(palette.leaves[i % 3] ?? palette.leaves[0]);
    group.add(
      solid(new IcosahedronGeometry(1 + 0.7 * chance(), 1), leaf, [
        -2.4 + 3.2 * chance(),
        6.2 + 1.7 * chance(),
        -0.8 - 1.6 * chance(),
      ]),
    );
  }
  return group;
}

function crate(): Group {
  const group = new Group();
  const wood = matte('#c08f58');
  for (let i = 0; i < 3; i++) group.add(solid(new BoxGeometry(1.9, 0.2, 0.08), wood, [0, 0.14 + 0.27 * i, 0.55]));
  for (let i = 0; i < 3; i++) group.add(solid(new BoxGeometry(1.9, 0.2, 0.08), wood, [0, 0.14 + 0.27 * i, -0.4]));
  for (const x of [-0.95, 0.95]) group.add(solid(new BoxGeometry(0.1, 0.85, 1), matte('#9c6f40'), [x, 0.42, 0.08]));
  return group;
}

export function orchardPlace(around: Surroundings): Place {
  const group = new Group();
  const drift = woods(around, { rows: [-7, -12], near: false });
  const big = bigTree(around);
  const picking = picker();
  let width = 10;
  const x = (at: number) => (at - 0.5) * width;
  const crateX = (at: number) => Math.max(x(at), 1.45 - width / 2);
  const y = (up: number) => GROUND + LOW + up * (SPAN - LOW);

  function make({ shape, variant }: GameObject) {
    if (shape === 'picker') return { body: picking.group, show: picking.show };
    if (shape === 'basket') return { body: crate() };
    if (shape === 'lid') {
      const bank = lid(around, 26);
      return { body: bank.group, show: ({ bright }: GameObject) => bank.touch(bright) };
    }
    if (shape === 'gathered') {
      const small = fruit(variant);
      small.scale.setScalar(0.55);
      return { body: small };
    }
    if (shape !== 'fruit') return undefined;
    const body = new Group();
    const twig = pole(5, '#6b4a35');
    twig.scale.set(0.5, 1, 0.5);
    twig.position.y = 0.5 + 2.5;
    const hanging = fruit(variant);
    body.add(hanging, twig);
    return {
      body,
      show: ({ size, bright }: GameObject) => {
        hanging.scale.setScalar(Math.max(0.05, size) * 1.25);
        twig.visible = !bright;
      },
    };
  }
  const cast = new Cast(make, ({ shape, x: at, y: up, bright }) => {
    if (shape === 'basket') return [crateX(at), GROUND, 0.9];
    if (shape === 'gathered') return [crateX(0.14) + (at - 0.14) * 11, GROUND + 0.25 + up * 5.5, 0.95];
    if (shape === 'lid') return [0, y(up) + 0.55, -0.4];
    if (shape === 'fruit') return [x(at), y(up) + (bright ? -0.05 : 0.45), 0];
    return [x(at), y(up), 0];
  });
  group.add(land(around), drift.group, big, cast.group);
  return {
    group,
    fit(camera, aspect) {
      width = 2 * halfHeight(FAR) * aspect;
      big.position.set(width / 2 - 0.2, GROUND, -1.6);
      camera.position.set(0, 0.9, FAR);
      camera.lookAt(0, 0.4, 0);
    },
    show: (state) => cast.show(state),
    move(_time_s, passed_s, state) {
      cast.move(passed_s);
      drift.show(passed_s === null ? 0 : state.traveled * 8);
      picking.stand();
    },
    spark: () => {
      const { x: at, y: up } = picking.group.position;
      return [at, up, 0.8];
    },
  };
}
