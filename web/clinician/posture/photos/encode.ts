// SPDX-License-Identifier: Apache-2.0
// The photo as the record keeps it: drawn anew, so that nothing else of the file is left, small, and with the head
// covered in its pixels.
import { toBase64 } from '../../../data/base64.ts';
import { jpegOf } from '../../../data/draw_jpeg.ts';
import type { Photo } from '../photo.ts';
import type { Box } from './hidden_face.ts';

const LONGEST_KEPT_PX = 1280;
const QUALITY = 0.85;
const BLOCK = '#5c6770';

export interface EncodedPhoto {
  base64: string;
  bytes: number;
  /** Pixels of the kept photo for one of the measured one. */
  scale: number;
}

/** `hidden`: covered, in pixels of the measured photo; undefined: nothing is. */
export async function encodePhoto(photo: Photo, hidden: Box | undefined): Promise<EncodedPhoto> {
  const scale = Math.min(1, LONGEST_KEPT_PX / Math.max(photo.width_px, photo.height_px));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(photo.width_px * scale);
  canvas.height = Math.round(photo.height_px * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(photo.canvas, 0, 0, canvas.width, canvas.height);
  if (hidden) {
    context.fillStyle = BLOCK;
    context.fillRect(hidden.x * scale, hidden.y * scale, hidden.width * scale, hidden.height * scale);
  }
  const jpeg = await jpegOf(canvas, QUALITY);
  return { base64: toBase64(jpeg), bytes: jpeg.length, scale };
}
