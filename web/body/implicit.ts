// SPDX-License-Identifier: Apache-2.0
// Solids as functions: negative inside, positive outside, about the distance in meters.

export type Point = readonly [x: number, y: number, z: number];
export type Solid = (x: number, y: number, z: number) => number;

/** One cross-section of a limb: where along it (0 to 1), its half widths forward and sideways, and its middle. */
export type Section = readonly [at: number, forward: number, sideways: number, ahead?: number, aside?: number];

const STEPS = 48;
/** Wider than any fillet. */
const FAR_M = 0.08;

export const clamp = (value: number, low = 0, high = 1) => Math.min(high, Math.max(low, value));

/** 0 up to `from`, 1 from `to` on, smooth in between. */
export function ramp(from: number, to: number, value: number) {
  const share = clamp((value - from) / (to - from));
  return share * share * (3 - 2 * share);
}

/** Returns a curve through the sections as a table; its slopes are those of the neighbors. */
function tableOf(sections: readonly Section[], of: 1 | 2 | 3 | 4): Float64Array {
  const value = (i: number) => sections[clamp(i, 0, sections.length - 1)]?.[of] ?? 0;
  const at = (i: number) => sections[clamp(i, 0, sections.length - 1)]?.[0] ?? 0;
  const slope = (i: number) => (value(i + 1) - value(i - 1)) / Math.max(1e-6, at(i + 1) - at(i - 1));
  return Float64Array.from({ length: STEPS + 2 }, (_, step) => {
    const share = Math.min(1, step / STEPS);
    let i = 0;
    while (i < sections.length - 2 && share > at(i + 1)) i++;
    const width = at(i + 1) - at(i);
    const u = clamp((share - at(i)) / width);
    const [u2, u3] = [u * u, u * u * u];
    return (
      (2 * u3 - 3 * u2 + 1) * value(i) +
      (u3 - 2 * u2 + u) * width * slope(i) +
      (3 * u2 - 2 * u3) * value(i + 1) +
      (u3 - u2) * width * slope(i + 1)
    );
  });
}

/**
 * Returns a limb from `a` to `b` with changing cross-sections and round ends. `forward`: the direction of the sections'
 * first width. `caps`: how far the ends reach beyond `a` and `b`. `power`: 2 is an ellipse, more is boxier.
 */
export function limb(
  a: Point,
  b: Point,
  sections: readonly Section[],
  { forward = [1, 0, 0] as Point, caps = [0.02, 0.02] as readonly [number, number], power = 2 } = {},
): Solid {
  const along = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const length = Math.hypot(...along);
  const [dx, dy, dz] = [along[0] / length, along[1] / length, along[2] / length];
  const lean = forward[0] * dx + forward[1] * dy + forward[2] * dz;
  let [fx, fy, fz] = [forward[0] - lean * dx, forward[1] - lean * dy, forward[2] - lean * dz];
  const norm = Math.hypot(fx, fy, fz);
  [fx, fy, fz] = [fx / norm, fy / norm, fz / norm];
  // Sideways is to the person's right for a limb that runs down or up.
  const turn = dy < 0 ? -1 : 1;
  const [sx, sy, sz] = [turn * (fy * dz - fz * dy), turn * (fz * dx - fx * dz), turn * (fx * dy - fy * dx)];
  const widths = tableOf(sections, 1);
  const depths = tableOf(sections, 2);
  const ahead = tableOf(sections, 3);
  const aside = tableOf(sections, 4);
  const widest = sections.reduce((most, [, u, v, x = 0, y = 0]) => Math.max(most, u + Math.abs(x), v + Math.abs(y)), 0);
  return (x, y, z) => {
    const px = x - a[0];
    const py = y - a[1];
    const pz = z - a[2];
    const h = px * dx + py * dy + pz * dz;
    const on = h < 0 ? 0 : h > length ? length : h;
    const far = px * px + py * py + pz * pz - h * h + (h - on) * (h - on);
    // Its exact distance matters near it only.
    if (far > (widest + FAR_M) ** 2) return Math.sqrt(far) - widest;
    const place = (on / length) * STEPS;
    const step = Math.floor(place);
    const part = place - step;
    const ru = (widths[step] ?? 0) * (1 - part) + (widths[step + 1] ?? 0) * part;
    const rv = (depths[step] ?? 0) * (1 - part) + (depths[step + 1] ?? 0) * part;
    const du = (ahead[step] ?? 0) * (1 - part) + (ahead[step + 1] ?? 0) * part;
    const dv = (aside[step] ?? 0) * (1 - part) + (aside[step + 1] ?? 0) * part;
    const u = (px * fx + py * fy + pz * fz - du) / ru;
    const v = (px * sx + py * sy + pz * sz - dv) / rv;
    const cap = h < 0 ? caps[0] : caps[1];
    const beyond = (h - on) / cap;
    const round = u * u + v * v + beyond * beyond;
    const k0 =
      power === 2
        ? Math.sqrt(round)
        : (Math.abs(u) ** power + Math.abs(v) ** power + Math.abs(beyond) ** power) ** (1 / power);
    const k1 = Math.sqrt((u * u) / (ru * ru) + (v * v) / (rv * rv) + (beyond * beyond) / (cap * cap));
    return k1 < 1e-9 ? -Math.min(ru, rv) : (k0 * (k0 - 1)) / k1;
  };
}

export function ellipsoid(center: Point, radii: Point): Solid {
  const [rx, ry, rz] = radii;
  return (x, y, z) => {
    const u = (x - center[0]) / rx;
    const v = (y - center[1]) / ry;
    const w = (z - center[2]) / rz;
    const k0 = Math.sqrt(u * u + v * v + w * w);
    const k1 = Math.sqrt((u * u) / (rx * rx) + (v * v) / (ry * ry) + (w * w) / (rz * rz));
    return k1 < 1e-9 ? -Math.min(rx, ry, rz) : (k0 * (k0 - 1)) / k1;
  };
}

/** A round bar from `a` to `b` whose radius changes. */
export const bar = (a: Point, b: Point, from: number, to: number): Solid => {
  const along = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const square = Math.max(1e-12, along[0] ** 2 + along[1] ** 2 + along[2] ** 2);
  return (x, y, z) => {
    const px = x - a[0];
    const py = y - a[1];
    const pz = z - a[2];
    const share = clamp((px * along[0] + py * along[1] + pz * along[2]) / square);
    const qx = px - share * along[0];
    const qy = py - share * along[1];
    const qz = pz - share * along[2];
    return Math.sqrt(qx * qx + qy * qy + qz * qz) - (from + share * (to - from));
  };
};

/** Everything on the side of `through` that `out` points away from. */
export const halfSpace =
  (through: Point, out: Point): Solid =>
  (x, y, z) =>
    (x - through[0]) * out[0] + (y - through[1]) * out[1] + (z - through[2]) * out[2];

const least = (a: number, b: number, soft: number) => {
  const apart = a < b ? b - a : a - b;
  const low = a < b ? a : b;
  return apart >= soft ? low : low - (soft - apart) ** 2 / (4 * soft);
};

/** Joins solids with fillets about `soft` meters wide. */
export const joined = (soft: number, first: Solid, ...others: readonly Solid[]): Solid => {
  if (others.length === 0) return first;
  return (x, y, z) => {
    let d = first(x, y, z);
    for (const other of others) d = least(d, other(x, y, z), soft);
    return d;
  };
};

export const without = (soft: number, from: Solid, ...taken: readonly Solid[]): Solid => {
  return (x, y, z) => {
    let d = from(x, y, z);
    for (const each of taken) d = -least(-d, each(x, y, z), soft);
    return d;
  };
};

export const within = (soft: number, a: Solid, b: Solid): Solid => {
  return (x, y, z) => -least(-a(x, y, z), -b(x, y, z), soft);
};

/** The same on the other side of the body. */
export const mirroredSolid =
  (solid: Solid): Solid =>
  (x, y, z) =>
    solid(x, y, -z);
