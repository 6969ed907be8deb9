// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { bitRateFor, contentTypeOf, lowerBitRate, recordedType, sizeWithin } from './encoding.ts';

describe('the encoding of a film', () => {
  it('takes what plays on most devices, of what the browser has', () => {
    expect(recordedType(true, () => true)).toBe('video/mp4;codecs=avc1.42E01F,mp4a.40.2');
    expect(recordedType(false, (type) => type.includes('webm'))).toBe('video/webm;codecs=vp9');
    expect(recordedType(true, (type) => type.includes('vp8'))).toBe('video/webm;codecs=vp8,opus');
    expect(recordedType(true, () => false)).toBeUndefined();
    expect(contentTypeOf('video/mp4;codecs=avc1.42E01F')).toBe('video/mp4');
    expect(contentTypeOf('video/webm;codecs=vp8')).toBe('video/webm');
  });

  it('scales down, never up, to even sides', () => {
    expect(sizeWithin(1920, 1080, 960)).toStrictEqual({ width: 960, height: 540 });
    expect(sizeWithin(1080, 1920, 960)).toStrictEqual({ width: 540, height: 960 });
    expect(sizeWithin(321, 241, 960)).toStrictEqual({ width: 322, height: 242 });
    expect(sizeWithin(4000, 3, 960)).toStrictEqual({ width: 960, height: 2 });
  });

  it('has a bit rate that fits, and no more than is seen', () => {
    const wanted = { width: 960, height: 540, seconds: 20, mostBytes: 2_700_000, withSound: true };
    const bits = bitRateFor(wanted);
    expect(((bits + 64_000) * 20) / 8).toBeLessThan(2_700_000);
    expect(((bits + 64_000) * 20) / 8).toBeGreaterThan(0.7 * 2_700_000);
    expect(bitRateFor({ ...wanted, width: 320, height: 240 })).toBe(Math.round(320 * 240 * 30 * 0.12));
    expect(bitRateFor({ ...wanted, seconds: 9000 }), 'below this nothing is seen').toBe(150_000);
  });

  it('comes down after a film that is too large', () => {
    expect(lowerBitRate(1_000_000, 4_000_000, 2_000_000)).toBe(400_000);
  });
});
