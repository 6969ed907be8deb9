// SPDX-License-Identifier: Apache-2.0
// The shape of the body around its segments, upright at rest (pose.ts). Widths are meters for a stature of 1.70 m, as
// the engine draws it: unsourced defaults, set by eye.
import { bar, ellipsoid, joined, limb, type Point, type Section, type Solid } from './implicit.ts';
import type { Looks } from './looks.ts';
import { jointOf, type BodySide, type Figure, type Joint, type Lengths } from './pose.ts';

export interface Build {
  female: boolean;
  /** Of all widths. */
  girth: number;
  /** How far the belly comes forward, meters. */
  belly: number;
}

export const buildOf = ({ sex, build }: Looks): Build => ({
  female: sex === 'female',
  girth: { slim: 0.92, average: 1, heavy: 1.12 }[build] * (sex === 'female' ? 0.95 : 1),
  belly: { slim: 0, average: 0.006, heavy: 0.045 }[build],
});

export const point = (figure: Figure, joint: Joint, side: BodySide): Point => {
  const { x, y, z } = jointOf(figure, joint, side);
  return [x, y, z];
};

/** Where the surface's arm begins: the joint that the engine knows lies at the outer edge of the shoulder. */
export function armRoot(figure: Figure, side: BodySide, build: Build): Point {
  const [x, y, z] = point(figure, 'shoulder', side);
  const inward = build.female ? 0.046 : 0.034;
  return [x, y - 0.028, z + (side === 'right' ? -inward : inward)];
}

const scaled = (sections: readonly Section[], by: number, more = 0): Section[] =>
  sections.map(([at, forward, sideways, ahead = 0, aside = 0]) => [
    at,
    forward * by + more,
    sideways * by + more,
    ahead,
    aside,
  ]);

/** `ease`: how much wider than the skin it is. */
export function torso(lengths: Lengths, { female, girth, belly }: Build, ease: number): Solid {
  const top = lengths.trunk + 0.05;
  const bottom = -0.11;
  const at = (y: number) => (y - bottom) / (top - bottom);
  const [waist, hips, chest] = female ? [0.118, 0.172, 0.146] : [0.139, 0.158, 0.162];
  const sections: Section[] = [
    [at(bottom), 0.085, 0.12, -0.012],
    [at(-0.03), 0.112, hips, -0.014],
    [at(0.05), 0.105, hips * 0.97, -0.008],
    [at(0.17), (female ? 0.085 : 0.097) + belly * 0.6, waist + belly * 0.7, belly * 0.55 + 0.004],
    [at(0.27), 0.1 + belly * 0.2, (waist + chest) / 2, belly * 0.2],
    [at(0.36), 0.112, chest, 0],
    [at(0.43), 0.1, chest * 0.98, -0.008],
    [at(0.485), 0.07, 0.11, -0.016],
    [at(top), 0.05, 0.062, -0.02],
  ];
  const trunk = limb([0, bottom, 0], [0, top, 0], scaled(sections, girth, ease), { caps: [0.04, 0.02], power: 2.3 });
  const parts: Solid[] = [];
  for (const z of [-1, 1]) {
    const seat = 0.078 * girth + ease;
    parts.push(ellipsoid([-0.062 * girth, -0.04, z * 0.075], [seat, seat * 1.05, seat * 0.95]));
    if (female) {
      const chestRadius = 0.058 * girth + ease;
      parts.push(ellipsoid([0.07 * girth, 0.325, z * 0.068], [chestRadius, chestRadius * 0.95, chestRadius]));
    } else {
      parts.push(ellipsoid([0.046 * girth, 0.37, z * 0.078], [0.052 * girth + ease, 0.075 + ease, 0.08 + ease]));
    }
    // From the neck down to the shoulder, and the shoulder blade.
    parts.push(
      bar(
        [-0.02, lengths.trunk + 0.055, z * 0.03],
        [-0.014, lengths.trunk - 0.03, z * 0.15],
        0.042 + ease,
        0.046 + ease,
      ),
    );
    parts.push(ellipsoid([-0.06 * girth, 0.4, z * 0.085], [0.04 * girth + ease, 0.085 + ease, 0.06 + ease]));
  }
  return joined(0.05, trunk, ...parts);
}

const UPPER_ARM: Section[] = [
  [0, 0.052, 0.05],
  [0.2, 0.052, 0.048],
  [0.45, 0.045, 0.041, 0.004],
  [0.75, 0.039, 0.036],
  [1, 0.036, 0.035],
];
const FOREARM: Section[] = [
  [0, 0.036, 0.035],
  [0.22, 0.042, 0.037, 0.002],
  [0.5, 0.037, 0.031],
  [0.8, 0.029, 0.023],
  [1, 0.027, 0.019],
];

export function upperArm(figure: Figure, side: BodySide, build: Build, ease: number): Solid {
  const thin = build.girth * (build.female ? 0.87 : 1);
  return limb(armRoot(figure, side, build), point(figure, 'elbow', side), scaled(UPPER_ARM, thin, ease), {
    caps: [0.045 * thin + ease, 0.03],
  });
}

export function forearm(figure: Figure, side: BodySide, build: Build): Solid {
  const thin = Math.sqrt(build.girth) * (build.female ? 0.88 : 1);
  return limb(point(figure, 'elbow', side), point(figure, 'wrist', side), scaled(FOREARM, thin), {
    caps: [0.034 * thin, 0.018],
  });
}

/** A relaxed hand below the wrist; the palm faces the body, the thumb forward. Written for arms that hang. */
export function hand(figure: Figure, side: BodySide, build: Build): Solid {
  const [x, y, z] = point(figure, 'wrist', side);
  const out = side === 'right' ? 1 : -1;
  const size = build.female ? 0.92 : 1;
  const at = (ahead: number, below: number, inward: number): Point => [
    x + ahead * size,
    y - below * size,
    z - out * inward * size,
  ];
  const palm = limb(
    at(0, 0, 0),
    at(0.001, 0.088, 0.004),
    scaled(
      [
        [0, 0.026, 0.018],
        [0.45, 0.034, 0.0165],
        [0.85, 0.041, 0.0145],
        [1, 0.04, 0.013],
      ],
      size,
    ),
    { caps: [0.02, 0.012], power: 2.4 },
  );
  const fingers: Solid[] = [];
  for (const [ahead, from, length, radius] of [
    [0.0305, 0.086, 0.066, 0.0095],
    [0.0105, 0.09, 0.075, 0.0098],
    [-0.0095, 0.089, 0.069, 0.0094],
    [-0.0285, 0.083, 0.053, 0.0083],
  ] as const) {
    const middle = at(ahead * 1.04, from + length * 0.52, 0.009);
    fingers.push(
      joined(
        0.004,
        bar(at(ahead, from, 0.003), middle, radius * size, radius * 0.95 * size),
        bar(middle, at(ahead * 1.02, from + length, 0.026), radius * 0.95 * size, radius * 0.78 * size),
      ),
    );
  }
  const thumb = joined(
    0.008,
    bar(at(0.02, 0.018, 0.008), at(0.043, 0.055, 0.018), 0.015 * size, 0.0125 * size),
    bar(at(0.043, 0.055, 0.018), at(0.05, 0.092, 0.024), 0.0115 * size, 0.0088 * size),
  );
  return joined(0.016, joined(0.007, palm, ...fingers), thumb);
}

const THIGH: Section[] = [
  [0, 0.092, 0.086, 0, 0],
  [0.2, 0.088, 0.082, 0.002],
  [0.5, 0.074, 0.069, 0.006],
  [0.8, 0.058, 0.056, 0.002],
  [1, 0.054, 0.052, 0.003],
];
const SHANK: Section[] = [
  [0, 0.054, 0.052, 0.003],
  [0.14, 0.054, 0.05, -0.006],
  [0.32, 0.056, 0.05, -0.014],
  [0.6, 0.043, 0.04, -0.008],
  [0.85, 0.034, 0.031, -0.004],
  [1, 0.034, 0.03, -0.004],
];

/** `loose`: how much wider than the skin the lower leg's cloth is at the ankle. */
export function leg(figure: Figure, side: BodySide, build: Build, ease: number, loose: number, until: number): Solid {
  const [hip, knee, ankle] = (['hip', 'knee', 'ankle'] as const).map((joint) => point(figure, joint, side)) as [
    Point,
    Point,
    Point,
  ];
  const thick = build.girth * (build.female ? 1.03 : 1);
  const end: Point = [0, 1, 2].map(
    (i) => (knee[i] ?? 0) + until * ((ankle[i] ?? 0) - (knee[i] ?? 0)),
  ) as unknown as Point;
  const cloth = scaled(SHANK, Math.sqrt(thick)).map(([at, forward, sideways, ahead = 0]): Section => {
    const more = ease + (loose - ease) * at;
    return [at / until, forward + more, sideways + more, ahead];
  });
  const thigh = limb(hip, knee, scaled(THIGH, thick, ease), { caps: [0.07, 0.045] });
  const shank = limb(
    knee,
    end,
    cloth.filter(([at]) => at <= 1.2),
    { caps: [0.045, 0.004] },
  );
  return joined(0.012, thigh, shank);
}
