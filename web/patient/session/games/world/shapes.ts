// SPDX-License-Identifier: Apache-2.0
// What a game's world is built of: plain solids with flat faces.
import {
  AdditiveBlending,
  CanvasTexture,
  CapsuleGeometry,
  CircleGeometry,
  ConeGeometry,
  CylinderGeometry,
  Group,
  IcosahedronGeometry,
  LatheGeometry,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  NormalBlending,
  SphereGeometry,
  Sprite,
  SpriteMaterial,
  TorusGeometry,
  Vector2,
  type BufferGeometry,
  type Material,
} from 'three';
import type { Palette } from './palette.ts';

export const matte = (color: string, more: { emissive?: string; glow?: number; smooth?: boolean } = {}) =>
  new MeshStandardMaterial({
    color,
    flatShading: !more.smooth,
    roughness: 0.9,
    metalness: 0,
    ...(more.emissive !== undefined && { emissive: more.emissive, emissiveIntensity: more.glow ?? 0.6 }),
  });

export function solid(
  shape: BufferGeometry,
  material: Material,
  [x, y, z]: readonly [number, number, number] = [0, 0, 0],
) {
  const mesh = new Mesh(shape, material);
  mesh.position.set(x, y, z);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  return mesh;
}

let soft: CanvasTexture | undefined;

/** A round light that fades to its edge. */
function softTexture(): CanvasTexture {
  if (soft) return soft;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const pen = canvas.getContext('2d');
  if (pen) {
    const spot = pen.createRadialGradient(32, 32, 0, 32, 32, 32);
    spot.addColorStop(0, 'rgba(255,255,255,1)');
    spot.addColorStop(0.25, 'rgba(255,255,255,.55)');
    spot.addColorStop(1, 'rgba(255,255,255,0)');
    pen.fillStyle = spot;
    pen.fillRect(0, 0, 64, 64);
  }
  soft = new CanvasTexture(canvas);
  return soft;
}

/** A soft light; `adds`: brightens the things behind it. */
export function glow(color: string, size: number, opacity = 0.8, adds = true): Sprite {
  const sprite = new Sprite(
    new SpriteMaterial({
      map: softTexture(),
      color,
      opacity,
      transparent: true,
      depthWrite: false,
      blending: adds ? AdditiveBlending : NormalBlending,
      fog: false,
    }),
  );
  sprite.scale.setScalar(size);
  return sprite;
}

export const particleTexture = softTexture;

/** A dark spot on the ground below something. */
export function spot(radius: number): Mesh {
  const mesh = new Mesh(
    new CircleGeometry(radius, 20),
    new MeshBasicMaterial({ color: '#0b2016', transparent: true, opacity: 0.22, depthWrite: false }),
  );
  mesh.rotation.x = -Math.PI / 2;
  return mesh;
}

/** Numbers from 0 to 1, the same ones each time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function tree(palette: Palette, chance: () => number): Group {
  const group = new Group();
  const leaves = palette.leaves[Math.floor(chance() * 3)] ?? palette.leaves[0];
  group.add(solid(new CylinderGeometry(0.09, 0.14, 0.7, 6), matte(palette.trunk), [0, 0.35, 0]));
  if (chance() < 0.5) {
    for (const [y, r] of [
      [0.85, 0.62],
      [1.3, 0.48],
      [1.7, 0.33],
    ] as const)
      group.add(solid(new ConeGeometry(r, 0.75, 7), matte(leaves), [0, y, 0]));
  } else {
    group.add(solid(new IcosahedronGeometry(0.62, 1), matte(leaves), [0, 1.15, 0]));
    group.add(solid(new IcosahedronGeometry(0.42, 1), matte(leaves), [0.38, 0.95, 0.1]));
  }
  group.scale.setScalar(0.8 + 0.7 * chance());
  return group;
}

export function cloud(palette: Palette, chance: () => number): Group {
  const group = new Group();
  const material = new MeshStandardMaterial({
    color: palette.cloud,
    flatShading: true,
    transparent: true,
    opacity: 0.94,
    roughness: 1,
    emissive: palette.cloud,
    emissiveIntensity: 0.28,
  });
  for (let i = 0; i < 5; i++) {
    const puff = new Mesh(new IcosahedronGeometry(0.5 + 0.5 * chance(), 1), material);
    puff.position.set((i - 2) * 0.72, 0.35 * chance(), 0.4 * chance());
    puff.scale.y = 0.66;
    group.add(puff);
  }
  return group;
}

/** A hill with its top at the height 1 and its foot at 0. */
export function hill(color: string): Mesh {
  const profile = Array.from({ length: 15 }, (_, i) => {
    const out = i / 14;
    return new Vector2(1.75 * out + 0.001, 0.5 + 0.5 * Math.cos(Math.PI * out));
  }).reverse();
  return solid(new LatheGeometry(profile, 26), matte(color, { smooth: true }));
}

export function star(color: string): Mesh {
  const mesh = solid(new IcosahedronGeometry(0.2, 0), matte(color, { emissive: color, glow: 0.1 }));
  mesh.scale.set(1, 1.25, 1);
  return mesh;
}

const FRUITS = ['#dc4438', '#e2c03c', '#8a56b9'] as const;

export function fruit(variant: number): Group {
  const group = new Group();
  const skin = matte(FRUITS[variant] ?? FRUITS[0], { smooth: true });
  skin.roughness = 0.35;
  const body = solid(new SphereGeometry(0.36, 18, 14), skin);
  body.scale.y = variant === 1 ? 1.2 : 0.95;
  group.add(
    body,
    solid(new CylinderGeometry(0.025, 0.025, 0.2, 5), matte('#6b4a35'), [0, 0.42, 0]),
    solid(new SphereGeometry(0.14, 8, 6).scale(1.4, 0.3, 0.8), matte('#5cab4f'), [0.17, 0.44, 0]),
  );
  return group;
}

const PETALS = ['#f58fb0', '#ffd27a', '#d9c2ff'] as const;

/** A water lily; `open`: from 0, a bud, to 1. */
export function lily(variant: number): { group: Group; open: (share: number) => void } {
  const group = new Group();
  group.add(solid(new CylinderGeometry(0.95, 0.95, 0.05, 16, 1, false, 0.3, 5.7), matte('#3f9a5f'), [0, 0.03, 0]));
  const color = PETALS[variant] ?? PETALS[0];
  const petals: Group[] = [];
  for (let i = 0; i < 9; i++) {
    const hinge = new Group();
    hinge.rotation.y = (2 * Math.PI * i) / 9;
    const leaf = new Group();
    leaf.add(solid(new SphereGeometry(0.24, 8, 6).scale(0.75, 2, 0.35), matte(color, { smooth: true }), [0, 0.42, 0]));
    hinge.add(leaf);
    petals.push(leaf);
    group.add(hinge);
  }
  const heart = glow('#fff0a8', 1.6, 0);
  heart.position.y = 0.35;
  group.add(solid(new SphereGeometry(0.2, 10, 8), matte('#ffd34d', { emissive: '#ffb400' }), [0, 0.2, 0]), heart);
  const open = (share: number) => {
    for (const petal of petals) petal.rotation.x = 0.15 + 0.95 * share;
    heart.material.opacity = 0.9 * share;
  };
  open(0);
  return { group, open };
}

const PAPER = ['#ff9a52', '#ff6f6f', '#ffc94d'] as const;

/** A paper lantern; `light`: from 0, unlit, to 1. */
export function lantern(variant: number): { group: Group; light: (share: number) => void } {
  const group = new Group();
  const color = PAPER[variant] ?? PAPER[0];
  const paper = matte(color, { emissive: color, glow: 0, smooth: true });
  const body = solid(
    new LatheGeometry(
      [
        [0.16, -0.5],
        [0.38, -0.34],
        [0.47, 0],
        [0.38, 0.34],
        [0.16, 0.5],
      ].map(([x = 0, y = 0]) => new Vector2(x, y)),
      14,
    ),
    paper,
  );
  const rim = matte('#9a5a34');
  group.add(
    body,
    solid(new CylinderGeometry(0.18, 0.18, 0.1, 12), rim, [0, 0.53, 0]),
    solid(new CylinderGeometry(0.18, 0.18, 0.1, 12), rim, [0, -0.53, 0]),
    ...[-0.22, 0, 0.22].map((y) => {
      const hoop = solid(new TorusGeometry(0.46 - 0.8 * y * y, 0.012, 5, 20), rim, [0, y, 0]);
      hoop.rotation.x = Math.PI / 2;
      return hoop;
    }),
  );
  const shine = glow(color, 3.4, 0);
  group.add(shine);
  return {
    group,
    light: (share) => {
      paper.emissiveIntensity = 0.85 * share;
      shine.material.opacity = 0.75 * share;
    },
  };
}

export const capsule = (radius: number, length: number, color: string) =>
  solid(new CapsuleGeometry(radius, length, 6, 12), matte(color, { smooth: true }));
