// SPDX-License-Identifier: Apache-2.0
// Head, neck and hair above the neck's turning point, which the engine's landmarks of the face agree with.
import { bar, ellipsoid, halfSpace, joined, limb, within, without, type Point, type Solid } from './implicit.ts';
import type { Build } from './anatomy.ts';
import type { Looks } from './looks.ts';

const SIDES = [-1, 1] as const;
export const EYE: Point = [0.083, 0.198, 0.031];

/** Around the origin: the neck's turning point. */
export function head({ female, girth }: Build): Solid {
  const thin = female ? 0.86 : 1;
  const skull = ellipsoid([-0.002, 0.213, 0], [0.094, 0.097, 0.074]);
  const face = ellipsoid([0.028, 0.158, 0], [0.063, 0.078, 0.058]);
  const jaw = ellipsoid([0.036, 0.122, 0], [0.05, 0.04, female ? 0.044 : 0.05]);
  const chin = ellipsoid([0.073, 0.1, 0], [0.018, 0.016, female ? 0.016 : 0.022]);
  const cheeks = SIDES.map((z) => ellipsoid([0.062, 0.163, z * 0.034], [0.026, 0.024, 0.022]));
  const brows = SIDES.map((z) => bar([0.084, 0.215, z * 0.016], [0.07, 0.217, z * 0.046], 0.011, 0.009));
  const neck = limb(
    [-0.022, -0.07, 0],
    [0.004, 0.14, 0],
    [
      [0, 0.07 * girth, 0.075 * girth],
      [0.35, 0.056 * thin * Math.sqrt(girth), 0.057 * thin * Math.sqrt(girth)],
      [0.7, 0.054 * thin, 0.052 * thin],
      [1, 0.06 * thin, 0.054 * thin],
    ],
    { caps: [0.03, 0.02] },
  );
  const bone = joined(0.035, skull, face, jaw);
  const shaped = joined(0.02, joined(0.018, bone, chin, ...cheeks, ...brows), neck);
  const sockets = SIDES.map((z) => ellipsoid([0.097, 0.198, z * 0.031], [0.016, 0.011, 0.017]));
  const nose = joined(
    0.012,
    bar([0.087, 0.2, 0], [0.106, 0.166, 0], 0.008, 0.0115),
    ...SIDES.map((z) => ellipsoid([0.097, 0.163, z * 0.011], [0.011, 0.0085, 0.008])),
  );
  const lips = joined(
    0.004,
    limb(
      [0.0885, 0.1385, -0.021],
      [0.0885, 0.1385, 0.021],
      [
        [0, 0.004, 0.003],
        [0.5, 0.0085, 0.0055, 0.003],
        [1, 0.004, 0.003],
      ],
      { forward: [1, 0, 0], caps: [0.004, 0.004] },
    ),
    limb(
      [0.0865, 0.129, -0.017],
      [0.0865, 0.129, 0.017],
      [
        [0, 0.004, 0.003],
        [0.5, 0.0085, 0.0065, 0.003],
        [1, 0.004, 0.003],
      ],
      { forward: [1, 0, 0], caps: [0.004, 0.004] },
    ),
  );
  const ears = SIDES.map((z) =>
    joined(
      0.006,
      ellipsoid([-0.004, 0.188, z * 0.0755], [0.017, 0.03, 0.0085]),
      ellipsoid([0.002, 0.163, z * 0.071], [0.01, 0.012, 0.007]),
    ),
  );
  return joined(0.008, joined(0.012, without(0.012, shaped, ...sockets), nose), lips, ...ears);
}

/** Redder than the skin around it, 0 to 1. */
export function blush(x: number, y: number, z: number): number {
  const near = (center: Point, radii: Point) =>
    Math.max(
      0,
      1 - Math.hypot((x - center[0]) / radii[0], (y - center[1]) / radii[1], (z - center[2]) / radii[2]) ** 2,
    );
  const lips = near([0.095, 0.134, 0], [0.02, 0.0115, 0.025]);
  const cheek = near([0.08, 0.16, Math.abs(z) < 0.02 ? 0.03 : Math.sign(z) * 0.04], [0.03, 0.025, 0.025]);
  const nose = near([0.112, 0.167, 0], [0.02, 0.016, 0.016]);
  return Math.min(1, (lips > 0 ? 0.35 + lips : 0) + 0.25 * cheek + 0.2 * nose);
}

const cap = (more: number) => ellipsoid([-0.008, 0.218, 0], [0.097 + more, 0.1 + more, 0.077 + more]);

export function hair({ cut }: Pick<Looks, 'cut'>): Solid {
  const face = joined(
    0.02,
    ellipsoid([0.1, 0.16, cut === 'bob' ? 0.008 : 0.004], [0.058, 0.104, 0.066]),
    ellipsoid([0.05, 0.12, 0], [0.08, 0.085, 0.095]),
  );
  if (cut === 'short') {
    const sides = SIDES.map((z) => ellipsoid([0.006, 0.172, z * 0.08], [0.027, 0.036, 0.02]));
    const top = joined(0.03, cap(0.007), ellipsoid([0.03, 0.282, 0.008], [0.062, 0.035, 0.056]));
    return within(0.01, without(0.012, top, face, ...sides), halfSpace([-0.06, 0.132, 0], [0.5, -1, 0]));
  }
  const top = joined(0.03, cap(0.012), ellipsoid([0, 0.26, 0], [0.088, 0.066, 0.076]));
  if (cut === 'bun') {
    const sides = SIDES.map((z) => ellipsoid([0.004, 0.172, z * 0.083], [0.025, 0.036, 0.018]));
    const gathered = within(0.012, without(0.012, top, face, ...sides), halfSpace([-0.06, 0.135, 0], [0.5, -1, 0]));
    return joined(0.018, gathered, ellipsoid([-0.122, 0.262, 0], [0.037, 0.038, 0.04]));
  }
  const bob = limb(
    [-0.012, 0.235, 0],
    [-0.016, 0.085, 0],
    [
      [0, 0.096, 0.088],
      [0.6, 0.09, 0.094],
      [1, 0.078, 0.088, -0.004],
    ],
    { caps: [0.03, 0.02], power: 2.2 },
  );
  const open = joined(0.02, face, ellipsoid([0.06, 0.1, 0], [0.085, 0.12, 0.074]));
  return without(0.012, joined(0.03, top, bob), open);
}
