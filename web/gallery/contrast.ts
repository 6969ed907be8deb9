// SPDX-License-Identifier: Apache-2.0
// How far a text stands out from its ground, as WCAG 2.2 defines it ("contrast ratio", "relative luminance"). Pure.

/** A color's parts, 0 to 255, out of "rgb(r g b)", "rgb(r, g, b)" or "#rrggbb"; nothing where it cannot be read. */
export function partsOf(color: string): readonly [number, number, number] | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color.trim())?.slice(1);
  const hex = short?.map((digit) => digit + digit) ?? /^#(..)(..)(..)$/.exec(color.trim())?.slice(1);
  const parts = hex
    ? hex.map((part) => Number.parseInt(part, 16))
    : /^rgb\((\d+)[ ,]+(\d+)[ ,]+(\d+)\)$/.exec(color.trim())?.slice(1).map(Number);
  const [red, green, blue] = parts ?? [];
  return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue];
}

function luminanceOf(parts: readonly [number, number, number]): number {
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = parts;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** From 1 to 21; nothing where a color cannot be read. */
export function contrastOf(one: string, other: string): number | undefined {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (!a || !b) return undefined;
  const [darker, lighter] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y);
  return darker === undefined || lighter === undefined ? undefined : (lighter + 0.05) / (darker + 0.05);
}
