// SPDX-License-Identifier: Apache-2.0
// A JPEG with only what draws its picture. Some browsers write Exif and other metadata into pictures that they encode,
// and the record refuses them (care/outcome/kept_jpeg.cpp). Pure.

const SCAN = 0xda;
const END = 0xd9;
const JFIF = 0xe0;
const ADOBE = 0xee;
const LAST_APPLICATION = 0xef;
const COMMENT = 0xfe;
const PLAIN_JFIF_BYTES = 18;

const isMetadata = (marker: number, bytes: number) =>
  marker === JFIF
    ? bytes !== PLAIN_JFIF_BYTES
    : marker === COMMENT || (marker > JFIF && marker <= LAST_APPLICATION && marker !== ADOBE);

/** Returns where the marker after a scan's data begins; the length if there is none. */
function endOfScan(jpeg: Uint8Array, from: number): number {
  for (let at = from; at + 1 < jpeg.length; ) {
    const next = jpeg[at + 1] ?? 0;
    const isMarker = jpeg[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7);
    if (isMarker) return at;
    at += jpeg[at] === 0xff && next !== 0xff ? 2 : 1;
  }
  return jpeg.length;
}

/** Leaves out metadata, comments, thumbnails and what follows the picture. Throws on bytes that are no JPEG. */
export function plainJpeg(jpeg: Uint8Array): Uint8Array {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) throw new Error('no JPEG');
  const plain = new Uint8Array(jpeg.length);
  let size = 0;
  const add = (from: number, to: number) => {
    const part = jpeg.subarray(from, to);
    plain.set(part, size);
    size += part.length;
  };
  add(0, 2);
  let isDrawn = false;
  for (let at = 2; at + 2 <= jpeg.length; ) {
    const marker = jpeg[at + 1] ?? 0;
    if (jpeg[at] === 0xff && marker === END && isDrawn) {
      add(at, at + 2);
      return plain.subarray(0, size);
    }
    const bytes = 2 + 256 * (jpeg[at + 2] ?? 0) + (jpeg[at + 3] ?? 0);
    if (jpeg[at] !== 0xff || bytes < 4) break;
    const end = marker === SCAN ? endOfScan(jpeg, at + bytes) : at + bytes;
    if (!isMetadata(marker, bytes)) add(at, end);
    isDrawn ||= marker === SCAN;
    at = end;
  }
  throw new Error('no JPEG');
}
