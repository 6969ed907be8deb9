// SPDX-License-Identifier: Apache-2.0
// The person's landmarks drawn over the camera's picture.
import type { Bone } from 'reprise-engine';
import { SURE } from './bones.ts';

/** The landmarks of a person in a picture: x, y, z of each landmark in pixels, and how visible it is, 0 to 1. */
interface Seen {
  image_px?: Float32Array;
  visibility?: Float32Array;
}

/** `size`: of the picture that the landmarks stand in. The canvas has the picture's shape and is mirrored with it. */
export function drawSkeleton(
  canvas: HTMLCanvasElement,
  { image_px, visibility }: Seen,
  size: { width: number; height: number },
  bones: readonly Bone[],
) {
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.clearRect(0, 0, size.width, size.height);
  if (!image_px || !visibility) return;
  const unit = Math.max(size.width, size.height) / 200;
  pen.lineCap = 'round';
  const sure = (i: number) => (visibility[i] ?? 0) >= SURE;
  const at = (i: number) => [image_px[3 * i] ?? 0, image_px[3 * i + 1] ?? 0] as const;
  for (const [color, width] of [
    ['rgba(0, 20, 30, .55)', 2.6],
    ['#7fe3ff', 1.3],
  ] as const) {
    pen.strokeStyle = color;
    pen.lineWidth = width * unit;
    pen.beginPath();
    for (const { from, to, fine } of bones) {
      if (fine || !sure(from) || !sure(to)) continue;
      pen.moveTo(...at(from));
      pen.lineTo(...at(to));
    }
    pen.stroke();
  }
}
