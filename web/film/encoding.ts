// SPDX-License-Identifier: Apache-2.0
// How a film is encoded: its type, its size in pixels and its bit rate. Pure.

/** What most devices decode comes first. */
const WITH_SOUND = [
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01F,opus',
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
];
const SILENT = ['video/mp4;codecs=avc1.42E01F', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8'];

/** The type that a film is recorded in; undefined: this browser has none that plays elsewhere. */
export const recordedType = (withSound: boolean, isSupported: (type: string) => boolean): string | undefined =>
  (withSound ? WITH_SOUND : SILENT).find(isSupported);

export const contentTypeOf = (recorded: string) => (recorded.startsWith('video/mp4') ? 'video/mp4' : 'video/webm');

/** Scales a picture to a longest side at most; never up. Even numbers: half of each is a number of color samples. */
export function sizeWithin(width: number, height: number, longestSide: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}

export const SOUND_BITS_PER_SECOND = 64_000;
const LEAST_BITS_PER_SECOND = 150_000;
/** Of one pixel of one picture; more is not seen. */
const BITS_PER_PIXEL = 0.12;
const PICTURES_PER_SECOND = 30;
/** Encoders meet a bit rate on average only, and the container takes some. */
const SHARE = 0.8;

interface Wanted {
  width: number;
  height: number;
  seconds: number;
  mostBytes: number;
  withSound: boolean;
}

/** Bits per second of the pictures, with which the film stays below `mostBytes`. */
export function bitRateFor({ width, height, seconds, mostBytes, withSound }: Wanted): number {
  const room = (SHARE * mostBytes * 8) / seconds - (withSound ? SOUND_BITS_PER_SECOND : 0);
  const enough = width * height * PICTURES_PER_SECOND * BITS_PER_PIXEL;
  return Math.round(Math.max(LEAST_BITS_PER_SECOND, Math.min(room, enough)));
}

/** The bit rate after a film that became too large. */
export const lowerBitRate = (bits: number, bytes: number, mostBytes: number) =>
  Math.round((SHARE * bits * mostBytes) / bytes);
