// SPDX-License-Identifier: Apache-2.0
// A picture's way into the engine's memory, as RGBA.

let canvas: OffscreenCanvas | undefined;

/** Through a canvas, which every browser can; turned and stretched as it is to be shown. */
function draw(picture: VideoFrame | ImageBitmap, width: number, height: number): Uint8ClampedArray {
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (!context) throw new RangeError('no memory for a canvas');
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

let copiesAsRgba = true; // until it was seen not to

// Browsers that cannot change the format refuse to copy three planes as one, but copy BGRA as if it were RGBA.
const UNSURE = ['BGRA', 'BGRX'];

function isPlain(frame: VideoFrame): boolean {
  if (frame.format !== null && UNSURE.includes(frame.format)) return false;
  const turned = (frame as { rotation?: number }).rotation ?? 0;
  return (
    turned === 0 && frame.visibleRect?.width === frame.displayWidth && frame.visibleRect.height === frame.displayHeight
  );
}

export function sizeOf(picture: VideoFrame | ImageBitmap): [width: number, height: number] {
  return 'displayWidth' in picture ? [picture.displayWidth, picture.displayHeight] : [picture.width, picture.height];
}

/** Copies the picture to where `memory` says; it is asked again after each wait, because memory moves when it grows. */
export async function copyPicture(
  picture: VideoFrame | ImageBitmap,
  memory: (width: number, height: number) => Uint8Array,
) {
  const [width, height] = sizeOf(picture);
  if ('copyTo' in picture && copiesAsRgba && isPlain(picture)) {
    try {
      await picture.copyTo(memory(width, height), { format: 'RGBA', layout: [{ offset: 0, stride: width * 4 }] });
      return;
    } catch (error) {
      copiesAsRgba = false;
      console.info('Pictures go through a canvas:', String(error));
    }
  }
  memory(width, height).set(draw(picture, width, height));
}
