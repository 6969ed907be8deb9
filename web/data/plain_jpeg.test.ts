// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { plainJpeg } from './plain_jpeg.ts';

const segment = (marker: number, ...content: number[]) => [
  0xff,
  marker,
  Math.floor((content.length + 2) / 256),
  (content.length + 2) % 256,
  ...content,
];
const filled = (length: number) => Array.from({ length }, () => 1);
const start = [0xff, 0xd8];
const jfif = segment(0xe0, ...filled(14));
const tables = segment(0xdb, ...filled(65));
const scan = [...segment(0xda, ...filled(6)), 7, 0xff, 0, 0xff, 0xd0, 9, 0xff];
const picture = [...scan, 0xff, 0xd9];
const plain = (...parts: number[][]) => [...plainJpeg(new Uint8Array(parts.flat()))];

describe('a JPEG with only its picture', () => {
  it('is left as it is', () => {
    expect(plain(start, jfif, tables, picture)).toStrictEqual([...start, ...jfif, ...tables, ...picture]);
    const adobe = segment(0xee, ...filled(12));
    expect(plain(start, adobe, tables, picture)).toStrictEqual([...start, ...adobe, ...tables, ...picture]);
  });

  it('has no Exif, color profile, other metadata, comment or thumbnail', () => {
    for (const marker of [0xe1, 0xe2, 0xed, 0xfe])
      expect(plain(start, jfif, segment(marker, ...filled(300)), tables, segment(marker, 1), picture)).toStrictEqual([
        ...start,
        ...jfif,
        ...tables,
        ...picture,
      ]);
    expect(plain(start, segment(0xe0, ...filled(80)), picture)).toStrictEqual([...start, ...picture]);
  });

  it('has nothing between its scans or after its end', () => {
    const twice = [...start, ...tables, ...scan, ...tables, ...picture];
    expect(plain(start, tables, scan, segment(0xe1, 1, 2), tables, picture)).toStrictEqual(twice);
    expect(plain(twice, [1, 2, 3], segment(0xe1, 1))).toStrictEqual(twice);
  });

  it('is refused where the bytes are none', () => {
    for (const bytes of [
      [],
      [0x89, 0x50],
      start,
      [...start, ...tables],
      [...start, ...scan],
      [...start, 1, 2, 3, 4, ...picture],
    ])
      expect(() => plain(bytes)).toThrow('no JPEG');
    expect(() => plain(start, [0xff, 0xdb, 0, 1], picture)).toThrow('no JPEG');
  });
});
