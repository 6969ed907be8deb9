// SPDX-License-Identifier: Apache-2.0
// A picture of a message, as it leaves the device: drawn anew, and small.
import { toBase64 } from '../../data/base64.ts';
import { bitmapOf, drawnOnWhite, jpegOf, NoPicture } from '../../data/draw_jpeg.ts';
import { MOST_PICTURE_BYTES, type PictureDraft } from '../../data/message_pictures.ts';

/** Longest side in pixels and quality, tried in this order until the picture is small enough. */
const STEPS = [
  [1600, 0.85],
  [1600, 0.7],
  [1280, 0.7],
  [1024, 0.6],
] as const;

/** Throws NoPicture where the file is none, or stays too large. */
export async function drawAnew(file: Blob): Promise<PictureDraft> {
  const bitmap = await bitmapOf(file);
  try {
    const { width, height } = bitmap;
    for (const [longest, quality] of STEPS) {
      const scale = Math.min(1, longest / Math.max(width, height));
      const jpeg = await jpegOf(drawnOnWhite(bitmap, { x: 0, y: 0, width, height, scale }), quality);
      if (jpeg.length <= MOST_PICTURE_BYTES)
        return { id: crypto.randomUUID(), base64: toBase64(jpeg), bytes: jpeg.length };
    }
    throw new NoPicture('too-large');
  } finally {
    bitmap.close();
  }
}
