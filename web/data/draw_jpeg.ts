// SPDX-License-Identifier: Apache-2.0
// Pictures drawn anew, so that nothing else of their file is left: no place, no time, no thumbnail.
import { plainJpeg } from './plain_jpeg.ts';

/** Why a file cannot be sent as a picture. */
export class NoPicture extends Error {
  constructor(readonly why: 'unreadable' | 'too-large') {
    super(why);
  }
}

/** Larger files are no photos of a phone, and too much for its memory. */
export const MOST_FILE_BYTES = 50_000_000;

/** The picture of a file, upright. Throws NoPicture; the caller closes it. */
export async function bitmapOf(file: Blob): Promise<ImageBitmap> {
  if (file.size > MOST_FILE_BYTES) throw new NoPicture('too-large');
  return createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new NoPicture('unreadable');
  });
}

/** A part of a picture, and how large it is drawn. */
interface Drawing {
  x: number;
  y: number;
  width: number;
  height: number;
  scale: number;
}

/** Draws a part of a picture on white: a JPEG has no transparency. */
export function drawnOnWhite(bitmap: ImageBitmap, { x, y, width, height, scale }: Drawing): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A JPEG with only its picture. */
export async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Uint8Array> {
  const blob = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('no JPEG'))), 'image/jpeg', quality);
  });
  return plainJpeg(new Uint8Array(await blob.arrayBuffer()));
}
