// SPDX-License-Identifier: Apache-2.0
// The square of a picture that becomes a face. Pure.

export const FACE_PX = 256;

export interface Square {
  x: number;
  y: number;
  side: number;
}

/** `along`: from 0 to 1, where on the longer side; `zoom`: 1 is the whole shorter side. */
export function squareOf(width: number, height: number, along: number, zoom: number): Square {
  const side = Math.min(width, height) / Math.max(1, zoom);
  const wide = width > height;
  const at = (length: number, share: number) => (length - side) * Math.min(1, Math.max(0, share));
  return { x: at(width, wide ? along : 0.5), y: at(height, wide ? 0.5 : along), side };
}
