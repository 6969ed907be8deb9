// SPDX-License-Identifier: Apache-2.0
import { CylinderGeometry, Group, LatheGeometry, SphereGeometry, Vector2 } from 'three';
import type { GameObject } from 'reprise-engine';
import { Cast } from './cast.ts';
import { FAR, GROUND, land, lid, ring, woods } from './land.ts';
import { glow, hill, matte, solid, star } from './shapes.ts';
import { halfHeight, type Place, type Surroundings } from './place.ts';

/** From the basket's floor to the middle of the envelope. */
const HIGH = 1.75;
/** From the ground to the basket's highest place: the envelope has to stay in the picture. */
const RISE = 4.1;

function balloon() {
  const group = new Group();
  const profile = Array.from({ length: 17 }, (_, i) => {
    const down = i / 16;
    const r = down < 0.62 ? Math.sin((Math.PI * (0.02 + down)) / 1.26) : 0.995 - 1.72 * (down - 0.62);
    return new Vector2(Math.max(0.02, 1.08 * r), HIGH + 1.15 - 2.15 * down);
  });
  const colors = ['#e2583e', '#ffe9c7', '#e2583e', '#f2a33c'] as const;
  for (let i = 0; i < 12; i++) {
    const gore = matte(colors[i % 4] ?? colors[0], { smooth: true });
    group.add(solid(new LatheGeometry(profile, 3, (2 * Math.PI * i) / 12, Math.PI / 6), gore));
  }
  const wicker = matte('#a8733f');
  group.add(
    solid(new CylinderGeometry(0.34, 0.27, 0.42, 10), wicker, [0, 0.22, 0]),
    solid(new CylinderGeometry(0.37, 0.37, 0.08, 10), matte('#7d5230'), [0, 0.44, 0]),
    solid(new SphereGeometry(0.13, 10, 8), matte('#f0c8a8', { smooth: true }), [0, 0.68, 0]),
  );
  for (const [x, z] of [
    [0.3, 0.2],
    [-0.3, 0.2],
    [0.3, -0.2],
    [-0.3, -0.2],
  ] as const) {
    const cord = solid(new CylinderGeometry(0.014, 0.014, 0.5, 4), matte('#6b4a35'), [x, 0.66, z]);
    cord.rotation.z = -0.25 * Math.sign(x);
    group.add(cord);
  }
  const flame = glow('#ffb347', 1.1, 0);
  flame.position.y = 0.95;
  const hold = ring(1.35);
  hold.group.position.y = HIGH;
  group.add(flame, hold.group);
  return { group, flame, hold };
}

export function balloonPlace(around: Surroundings): Place {
  const { palette } = around;
  const group = new Group();
  const drift = woods(around);
  let width = 10;
  const x = (at: number) => (at - 0.5) * width;
  const rider = balloon();

  function make({ shape, variant }: GameObject) {
    if (shape === 'balloon') return { body: rider.group, show: shown };
    if (shape === 'lid') {
      const bank = lid(around, 26);
      bank.group.position.z = -1;
      return { body: bank.group, show: ({ bright }: GameObject) => bank.touch(bright) };
    }
    if (shape === 'gathered') return { body: star('#ffd766') };
    if (shape !== 'hill') return undefined;
    const body = new Group();
    const mound = hill(palette.hills[variant] ?? palette.hills[0]);
    const stars = [0, 1, 2].map((i) => {
      const one = star('#ffd766');
      one.position.x = (i - 1) * 0.55;
      body.add(one);
      return one;
    });
    const shine = glow('#ffe08a', 2.6, 0);
    body.add(mound, shine);
    return {
      body,
      show: ({ y, bright }: GameObject) => {
        const top = 0.25 + y * RISE;
        mound.scale.set(1.35, top, 0.9);
        stars.forEach((one, i) => {
          one.position.y = top + (i === 1 ? 0.75 : 0.5);
          one.material = matte(bright ? '#ffc531' : '#f7f2df', { emissive: '#ffb400', glow: bright ? 0.8 : 0.05 });
        });
        shine.position.y = top + 0.6;
        shine.material.opacity = bright ? 0.8 : 0;
      },
    };
  }
  const shown = ({ bright }: GameObject, { kept }: { kept: number }) => {
    rider.flame.material.opacity = bright ? 0.95 : 0.35;
    rider.hold.fill(kept);
  };
  const cast = new Cast(make, ({ shape, x: at, y }) => {
    if (shape === 'gathered') return [x(0.22 + 0.56 * at), 2.6 + 2 * (y - 0.8), -3];
    if (shape === 'lid') return [0, GROUND + y * RISE + HIGH + 1.2, -1];
    return [x(at), GROUND + (shape === 'hill' ? 0 : y * RISE), shape === 'hill' ? -0.6 : 0];
  });
  group.add(land(around), drift.group, cast.group);
  return {
    group,
    fit(camera, aspect) {
      width = 2 * halfHeight(FAR) * aspect;
      camera.position.set(0, 0.9, FAR);
      camera.lookAt(0, 0.4, 0);
    },
    show: (state) => cast.show(state),
    move(time_s, passed_s, state) {
      cast.move(passed_s);
      drift.show(passed_s === null ? 0 : state.traveled * 26);
      if (passed_s !== null) rider.group.rotation.set(0, time_s * 0.15, 0.03 * Math.sin(time_s * 1.1));
    },
    spark: () => {
      const { x: at, y } = rider.group.position;
      return [at, y + HIGH, 0.8];
    },
  };
}
