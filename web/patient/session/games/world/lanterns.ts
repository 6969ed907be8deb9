// SPDX-License-Identifier: Apache-2.0
// A garden with lanterns around a person. The arm lights the one that hangs at its angle.
import { CylinderGeometry, Group, Mesh, MeshBasicMaterial, SphereGeometry, Vector3 } from 'three';
import type { GameObject } from 'reprise-engine';
import { Cast } from './cast.ts';
import { FAR, GROUND, land, pole, ring, woods } from './land.ts';
import { capsule, glow, lantern, matte, solid } from './shapes.ts';
import { halfHeight, type Place, type Surroundings } from './place.ts';

/** The height of the arcs' middle, in the engine's units and in the world. */
const MIDDLE = 0.42;
const SHOULDER = -0.55;
const SHOULDER_OUT = 0.52;

/** A person seen from behind, as in a mirror: the own left is at the left. */
function person() {
  const group = new Group();
  const trunk = capsule(0.55, 1.1, '#3f7f8f');
  trunk.position.set(0, SHOULDER - 0.75, -0.3);
  trunk.scale.z = 0.7;
  const head = solid(new SphereGeometry(0.42, 18, 14), matte('#d9a27a', { smooth: true }), [0, SHOULDER + 0.85, -0.3]);
  const hair = solid(new SphereGeometry(0.45, 18, 14), matte('#3a2a20', { smooth: true }), [0, SHOULDER + 0.93, -0.26]);
  group.add(trunk, head, hair);
  for (const side of [-1, 1]) {
    const leg = capsule(0.24, 1.2, '#39424e');
    leg.position.set(0.28 * side, SHOULDER - 2.1, -0.3);
    group.add(leg);
  }
  const arms = [-1, 1].map((side) => {
    const arm = new Group();
    const sleeve = solid(new CylinderGeometry(0.17, 0.15, 1, 10), matte('#347483', { smooth: true }), [0, 0.5, 0]);
    arm.add(sleeve);
    arm.position.set(SHOULDER_OUT * side, SHOULDER, -0.1);
    group.add(arm);
    return { arm, side };
  });
  const up = new Vector3(0, 1, 0);
  /** Points each arm at its hand, or lets it hang. */
  const reach = (hands: readonly Vector3[]) => {
    for (const { arm, side } of arms) {
      const hand = hands.find(({ x }) => Math.sign(x) === side) ?? new Vector3(0.85 * side, SHOULDER - 1.75, 0);
      const to = hand.clone().sub(arm.position);
      const length = to.length();
      arm.quaternion.setFromUnitVectors(up, to.normalize());
      arm.scale.y = Math.max(0.3, length);
    }
  };
  return { group, reach };
}

export function lanternPlace(around: Surroundings): Place {
  const { palette } = around;
  const group = new Group();
  const drift = woods(around, { rows: [-6, -10] });
  const someone = person();
  const hands: Group[] = [];
  let [width, scale] = [10, 10];

  function hand() {
    const body = new Group();
    const light = glow(palette.spark, 1.5, 0.85);
    const hold = ring(0.75);
    body.add(solid(new SphereGeometry(0.2, 14, 10), matte('#e0ab84', { smooth: true })), light, hold.group);
    hands.push(body);
    return {
      body,
      show: ({ bright }: GameObject, { kept }: { kept: number }) => {
        light.scale.setScalar(bright ? 2.6 : 1.5);
        hold.fill(kept);
      },
    };
  }
  function limit() {
    const body = new Group();
    const paint = new MeshBasicMaterial({ color: '#ffffff', transparent: true, opacity: 0.9 });
    for (let i = 0; i < 5; i++) {
      const puff = new Mesh(new SphereGeometry(0.26 + 0.08 * (i % 2), 10, 8), paint);
      puff.position.set((i - 2) * 0.36, 0.22, 0);
      body.add(puff);
    }
    return { body, show: ({ bright }: GameObject) => paint.color.set(bright ? '#f2a48e' : '#ffffff') };
  }
  function make({ shape, variant }: GameObject) {
    if (shape === 'hand') return hand();
    if (shape === 'lid') return limit();
    if (shape !== 'lantern' && shape !== 'gathered') return undefined;
    const paper = lantern(variant);
    const body = new Group();
    body.add(paper.group);
    if (shape === 'gathered') {
      paper.light(1);
      body.scale.setScalar(0.55);
      return { body };
    }
    const cord = pole(7, '#6b4a35');
    cord.scale.set(0.25, 1, 0.25);
    cord.position.y = 0.55 + 3.5;
    body.add(cord);
    return {
      body,
      show: ({ bright, size }: GameObject) => {
        paper.light(bright ? 1 : 0.12);
        body.scale.setScalar(Math.max(0.1, 0.9 * size));
        cord.visible = !bright;
      },
    };
  }
  const cast = new Cast(make, ({ shape, x, y }) => {
    if (shape === 'gathered') return [(x - 0.5) * width, 2.4 + (y - 0.8) * 10, -2];
    // Around each shoulder, so that an arm hangs beside the body.
    const out = (x - 0.5) * scale;
    return [out + SHOULDER_OUT * Math.sign(out), SHOULDER + (y - MIDDLE) * scale, shape === 'hand' ? 0.1 : 0];
  });
  group.add(land(around), drift.group, someone.group, cast.group);
  const raise = () => someone.reach(hands.filter((one) => one.parent).map(({ position }) => position));
  return {
    group,
    fit(camera, aspect) {
      width = 2 * halfHeight(FAR) * aspect;
      // The widest arc has to fit beside the shoulders.
      scale = Math.min(8.2, (width / 2 - SHOULDER_OUT - 0.5) / 0.36);
      camera.position.set(0, 0.6, FAR);
      camera.lookAt(0, 0.35, 0);
      someone.group.position.y = 0;
    },
    show: (state) => cast.show(state),
    move(time_s, passed_s, state) {
      cast.move(passed_s);
      drift.show(passed_s === null ? 0 : state.traveled * 4);
      raise();
      if (passed_s === null) return;
      cast.group.children.forEach((body, i) => {
        if (!hands.includes(body as Group)) body.rotation.z = 0.04 * Math.sin(time_s * 1.3 + i);
      });
    },
    spark: () => {
      const at = cast.find('hand')?.position;
      return at ? [at.x, at.y, 0.6] : [0, GROUND + 4, 0.6];
    },
  };
}
