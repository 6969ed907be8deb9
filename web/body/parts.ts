// SPDX-License-Identifier: Apache-2.0
// The person's surface in parts: skin, clothes, shoes, hair. Each is a closed surface of its own, made in the posture
// at rest that suits it, so that cloth has edges and no arm grows onto the trunk.
import { Color } from 'three';
import { armRoot, buildOf, forearm, hand, leg, point, torso, upperArm } from './anatomy.ts';
import { blush, EYE, hair, head } from './head.ts';
import { bar, ellipsoid, halfSpace, joined, limb, ramp, within, without, type Point, type Solid } from './implicit.ts';
import type { Looks } from './looks.ts';
import { BONE, restFigure, type BodySide, type Figure, type Lengths } from './pose.ts';
import { surfaceOf, type Box, type Surface } from './surface_nets.ts';
import {
  armWeights,
  footWeights,
  headWeights,
  MOST_BONES,
  shirtWeights,
  stiff,
  trouserWeights,
  type Weigh,
} from './weights.ts';

/** A part as the graphics card takes it. */
export interface Part extends Surface {
  name: string;
  /** Red, green, blue of each point, 0 to 1, with the shade of folds and corners. */
  colors: Float32Array;
  bones: Uint8Array;
  weights: Float32Array;
  /** The posture that it was made in. */
  rest: Figure;
  /** Cloth and hair are rough, skin and eyes less so. */
  roughness: number;
}

interface Recipe {
  name: string;
  solid: Solid;
  box: Box;
  cell: number;
  rest: Figure;
  weigh: Weigh;
  color: (x: number, y: number, z: number) => Color;
  roughness: number;
}

const ARMS_OUT = 0.75;
const LEGS_OUT = 0.1;

const moved =
  (solid: Solid, [dx, dy, dz]: Point): Solid =>
  (x, y, z) =>
    solid(x - dx, y - dy, z - dz);
const mixed = (a: Color, b: Color, share: number) => a.clone().lerp(b, share);

function shirt(lengths: Lengths, looks: Looks): Recipe {
  const build = buildOf(looks);
  const rest = restFigure(lengths, ARMS_OUT, LEGS_OUT);
  const sleeves = (['left', 'right'] as const).map((side) => {
    const out = side === 'right' ? 1 : -1;
    const [root, elbow] = [armRoot(rest, side, build), point(rest, 'elbow', side)];
    const end: Point = [0, root[1] + 0.58 * (elbow[1] - root[1]), root[2] + 0.58 * (elbow[2] - root[2])];
    const along: Point = [0, -Math.cos(ARMS_OUT), out * Math.sin(ARMS_OUT)];
    return within(0.008, upperArm(rest, side, build, 0.0145), halfSpace(end, along));
  });
  const seat = (['left', 'right'] as const).map((side) => leg(rest, side, build, 0.012, 0.012, 0.9));
  const body = joined(0.03, torso(lengths, build, 0.011), ...seat);
  const cloth = joined(0.045, body, ...sleeves);
  const neck = lengths.trunk + 0.045;
  // A little cloth gathers above the hem.
  const folded: Solid = (x, y, z) => {
    const around = Math.atan2(z, x);
    const low =
      (1 - ramp(0.02, 0.25, y)) * 0.0035 * Math.sin(5 * around + 14 * y) * Math.sin(38 * y + 2 * Math.sin(3 * around));
    return cloth(x, y, z) - low - 0.006 * (1 - ramp(-0.06, 0.16, y));
  };
  const hemmed = within(0.008, folded, halfSpace([0, -0.055, 0], [0, -1, 0]));
  const open = without(0.012, hemmed, ellipsoid([0.012, neck + 0.028, 0], [0.088, 0.058, 0.082]));
  const color = new Color(looks.shirt);
  return {
    name: 'shirt',
    solid: open,
    box: { low: [-0.22, -0.1, -0.52], high: [0.24, lengths.trunk + 0.1, 0.52] },
    cell: 0.0105,
    rest,
    weigh: shirtWeights(),
    color: () => color,
    roughness: 0.92,
  };
}

function trousers(lengths: Lengths, looks: Looks): Recipe {
  const build = buildOf(looks);
  const rest = restFigure(lengths, ARMS_OUT, LEGS_OUT);
  const slim = build.female ? 0.006 : 0.013;
  const legs = (['left', 'right'] as const).map((side) => leg(rest, side, build, slim * 0.8, slim, 0.9));
  const seat = within(0.01, torso(lengths, build, 0.004), halfSpace([0, 0.12, 0], [0, 1, 0]));
  const gap = (z: number): Solid => halfSpace([0, 0, z], [0, 0, z > 0 ? -1 : 1]);
  const split = legs.map((solid, i) => within(0.02, solid, gap(i === 0 ? -0.001 : 0.001)));
  const color = new Color(looks.trousers);
  const stripe = mixed(color, new Color(looks.shirt), 0.55);
  const down = lengths.thigh + lengths.shank;
  return {
    name: 'trousers',
    solid: joined(0.035, seat, ...split),
    box: { low: [-0.24, -down - 0.05, -0.32], high: [0.24, 0.16, 0.32] },
    cell: 0.0105,
    rest,
    weigh: trouserWeights(rest),
    color: (x, y, z) => {
      const middle = lengths.halfHips - y * Math.tan(LEGS_OUT);
      return y < 0.02 && Math.abs(z) > middle + 0.02 && Math.abs(x + 0.002 + (y < -0.45 ? 0.006 : 0)) < 0.009
        ? stripe
        : color;
    },
    roughness: 0.95,
  };
}

function arm(lengths: Lengths, looks: Looks, side: BodySide): Recipe {
  const build = buildOf(looks);
  const rest = restFigure(lengths, 0, 0);
  const root = armRoot(rest, side, build);
  const elbow = point(rest, 'elbow', side);
  const from = root[1] + 0.3 * (elbow[1] - root[1]);
  const upper = within(0.01, upperArm(rest, side, build, 0), halfSpace([0, from, 0], [0, 1, 0]));
  const solid = joined(0.008, joined(0.008, upper, forearm(rest, side, build)), hand(rest, side, build));
  const wrist = point(rest, 'wrist', side);
  const skin = new Color(looks.skin);
  const palm = mixed(skin, new Color('#f2b59c'), 0.4);
  const out = side === 'right' ? 1 : -1;
  return {
    name: `${side} arm`,
    solid,
    box: {
      low: [-0.07, wrist[1] - 0.2, root[2] - 0.08 + (out < 0 ? -0.05 : 0)],
      high: [0.09, from + 0.04, root[2] + 0.08 + (out > 0 ? 0.05 : 0)],
    },
    cell: 0.0052,
    rest,
    weigh: armWeights(rest, side),
    color: (_x, y, z) =>
      mixed(skin, palm, ramp(-0.01, 0.012, (wrist[2] - z) * out) * (1 - ramp(-0.04, 0, y - wrist[1]))),
    roughness: 0.62,
  };
}

function headPart(lengths: Lengths, looks: Looks): Recipe {
  const skin = new Color(looks.skin);
  const red = mixed(skin, new Color('#b8483f'), 0.5);
  return {
    name: 'head',
    solid: moved(head(buildOf(looks)), [0, lengths.trunk, 0]),
    box: { low: [-0.13, lengths.trunk - 0.11, -0.11], high: [0.14, lengths.trunk + 0.33, 0.11] },
    cell: 0.0052,
    rest: restFigure(lengths, 0, 0),
    weigh: headWeights(lengths.trunk),
    color: (x, y, z) => mixed(skin, red, blush(x, y - lengths.trunk, z)),
    roughness: 0.6,
  };
}

function hairPart(lengths: Lengths, looks: Looks): Recipe {
  const color = new Color(looks.hair);
  const streak = mixed(color, new Color('#ffffff'), 0.012);
  return {
    name: 'hair',
    solid: moved(hair(looks), [0, lengths.trunk, 0]),
    box: { low: [-0.19, lengths.trunk + 0.03, -0.13], high: [0.14, lengths.trunk + 0.36, 0.13] },
    cell: 0.0062,
    rest: restFigure(lengths, 0, 0),
    weigh: stiff(BONE.head),
    color: (x, _y, z) => mixed(color, streak, 0.5 + 0.5 * Math.sin(90 * z + 25 * x)),
    roughness: 1,
  };
}

/** Eyes and brows, small and stiff. */
function eyes(lengths: Lengths, looks: Looks): Recipe[] {
  const rest = restFigure(lengths, 0, 0);
  const [x, y, z] = EYE;
  const small = (name: string, solid: Solid, color: string, cell: number): Recipe => ({
    name,
    solid: moved(solid, [0, lengths.trunk, 0]),
    box: { low: [0.05, lengths.trunk + 0.17, -0.07], high: [0.115, lengths.trunk + 0.245, 0.07] },
    cell,
    rest,
    weigh: stiff(BONE.head),
    color: () => new Color(color),
    roughness: 0.35,
  });
  const both = (of: (side: number) => Solid) => joined(0.0005, of(-1), of(1));
  return [
    small(
      'eyes',
      both((s) => ellipsoid([x - 0.001, y, s * z], [0.0085, 0.0052, 0.0125])),
      '#f3efe9',
      0.0026,
    ),
    small(
      'irises',
      both((s) => ellipsoid([x + 0.0035, y - 0.0002, s * (z - 0.001)], [0.0052, 0.0056, 0.0056])),
      '#2b1d15',
      0.0022,
    ),
    small(
      'brows',
      both((s) =>
        joined(
          0.003,
          bar([0.0945, 0.2255, s * 0.018], [0.0905, 0.2275, s * 0.034], 0.003, 0.003),
          bar([0.0905, 0.2275, s * 0.034], [0.079, 0.2225, s * 0.049], 0.003, 0.0016),
        ),
      ),
      `#${mixed(new Color(looks.hair), new Color(looks.skin), 0.15).getHexString()}`,
      0.003,
    ),
  ];
}

function shoe(lengths: Lengths, looks: Looks, side: BodySide): Recipe {
  const rest = restFigure(lengths, 0, 0);
  const [x, y, z] = point(rest, 'ankle', side);
  const out = side === 'right' ? 1 : -1;
  const size = looks.sex === 'female' ? 0.92 : 1;
  const floor = y - lengths.ankleHeight;
  const [back, front] = [x - lengths.heelBehind + 0.012, x + lengths.toeAhead - 0.02];
  // Along the foot "forward" is up: the height above the sole.
  const upper = limb(
    [back, floor, z],
    [front, floor, z + out * 0.01],
    [
      [0, 0.075, 0.032 * size],
      [0.25, 0.09, 0.034 * size],
      [0.42, 0.078, 0.038 * size],
      [0.65, 0.052, 0.046 * size],
      [0.85, 0.041, 0.044 * size],
      [1, 0.034, 0.036 * size],
    ],
    { forward: [0, 1, 0], caps: [0.03, 0.04], power: 2.3 },
  );
  const body = within(0.006, upper, halfSpace([0, floor + 0.001, 0], [0, -1, 0]));
  const topped = within(0.006, body, halfSpace([x, y + 0.012, z], [0.25, 0.95, 0]));
  const sole = within(
    0.004,
    (px: number, py: number, pz: number) => upper(px, Math.min(py, floor + 0.012), pz) - 0.004,
    halfSpace([0, floor + 0.02, 0], [0, 1, 0]),
  );
  const flat = within(0.003, sole, halfSpace([0, floor + 0.0005, 0], [0, -1, 0]));
  const sock = bar([x - 0.004, y + 0.085, z], [x + 0.002, y - 0.02, z], 0.0335, 0.035);
  const [color, white] = [new Color(looks.shoes), new Color('#f4f2ee')];
  const accent = mixed(color, new Color(looks.shirt), 0.7);
  return {
    name: `${side} shoe`,
    solid: joined(0.004, joined(0.003, topped, flat), sock),
    box: { low: [back - 0.05, floor - 0.02, z - 0.08], high: [front + 0.07, y + 0.14, z + 0.08] },
    cell: 0.0066,
    rest,
    weigh: footWeights(rest, side),
    color: (px, py, pz) => {
      if (py < floor + 0.02) return white;
      if (py > y + 0.014 + 0.26 * (x - px)) return white;
      return Math.abs(px - x - 0.03 - 0.5 * (py - floor)) < 0.008 && Math.abs(pz - z) > 0.022 ? accent : color;
    },
    roughness: 0.8,
  };
}

/** How much of the light from all around reaches a point: less in folds and corners. */
function lightAt(solid: Solid, surface: Surface, i: number): number {
  const [x, y, z, nx, ny, nz] = [0, 1, 2]
    .flatMap((axis) => surface.positions[i + axis] ?? 0)
    .concat([0, 1, 2].map((axis) => surface.normals[i + axis] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  let lost = 0;
  for (const [reach, share] of [
    [0.02, 0.4],
    [0.05, 0.35],
    [0.1, 0.25],
  ] as const) {
    const free = solid(x + nx * reach, y + ny * reach, z + nz * reach) / reach;
    lost += share * Math.max(0, 1 - Math.max(0, free));
  }
  return 1 - 0.55 * lost;
}

function made(recipe: Recipe): Part {
  const surface = surfaceOf(recipe.solid, recipe.box, recipe.cell);
  const points = surface.positions.length / 3;
  const colors = new Float32Array(points * 3);
  const bones = new Uint8Array(points * MOST_BONES);
  const weights = new Float32Array(points * MOST_BONES);
  for (let i = 0; i < points; i++) {
    const [x, y, z] = [0, 1, 2].map((axis) => surface.positions[3 * i + axis] ?? 0) as [number, number, number];
    const color = recipe.color(x, y, z);
    const light = lightAt(recipe.solid, surface, 3 * i);
    colors.set([color.r * light, color.g * light, color.b * light], 3 * i);
    let n = MOST_BONES * i;
    for (const [bone, weight] of recipe.weigh(x, y, z)) {
      bones[n] = bone;
      weights[n++] = weight;
    }
  }
  return { ...surface, name: recipe.name, colors, bones, weights, rest: recipe.rest, roughness: recipe.roughness };
}

/** Yields the person's parts one by one, so that a page may draw in between; all take a second on a phone. */
export function* personParts(lengths: Lengths, looks: Looks): Generator<Part> {
  for (const recipe of [shirt, trousers, headPart, hairPart]) yield made(recipe(lengths, looks));
  for (const recipe of eyes(lengths, looks)) yield made(recipe);
  for (const side of ['left', 'right'] as const) {
    yield made(arm(lengths, looks, side));
    yield made(shoe(lengths, looks, side));
  }
}
