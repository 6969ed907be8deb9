// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { plainFilm } from './plain_film.ts';

const text = (...parts: (string | number[])[]) =>
  parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part));
const box = (name: string, content: number[]) => text([0, 0, 0, content.length + 8], name, content);
const element = (id: number[], content: number[]) => [...id, 0x80 + content.length, ...content];

const PLACE = text('+48.2+016.3/');
const holds = (bytes: Uint8Array) => String.fromCharCode(...bytes).includes('+48.2');

describe('a film without metadata', () => {
  it('has empty space of the same size where an MP4 had them', () => {
    const head = box('ftyp', text('isom', [0, 0, 0, 0]));
    const udta = box('udta', box('\u00a9xyz', PLACE));
    const track = box('trak', [...box('tkhd', [1, 2, 3, 4]), ...box('meta', PLACE)]);
    const file = new Uint8Array([
      ...head,
      ...box('moov', [...udta, ...track]),
      ...box('uuid', PLACE),
      ...box('mdat', [7]),
    ]);
    const size = file.length;
    const plain = plainFilm(file);
    expect(plain.length).toBe(size);
    expect(holds(plain)).toBe(false);
    const said = String.fromCharCode(...plain);
    expect(said.match(/free/g)).toHaveLength(3);
    expect(said).toContain('tkhd\u0001\u0002\u0003\u0004');
    expect(said.endsWith('mdat\u0007')).toBe(true);
  });

  it('has Void of the same size where a WebM had tags', () => {
    const app = [0x4d, 0x80, 0x81, 0x41];
    const date = element([0x44, 0x61], text('20261127'));
    const info = element([0x15, 0x49, 0xa9, 0x66], [...app, ...date]);
    const tags = element([0x12, 0x54, 0xc3, 0x67], PLACE);
    const cluster = element([0x1f, 0x43, 0xb6, 0x75], [0xe7, 0x81, 0x00]);
    const content = [...info, ...tags, ...cluster];
    for (const size of [[0x80 + content.length], [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]]) {
      const head = [...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x86, 0x81, 0x01]), 0x18, 0x53, 0x80, 0x67, ...size];
      const plain = plainFilm(new Uint8Array([...head, ...content]));
      expect(holds(plain)).toBe(false);
      expect([...plain.subarray(head.length, head.length + info.length)]).toStrictEqual(
        element([0x15, 0x49, 0xa9, 0x66], [...app, 0xec, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0]),
      );
      const at = head.length + info.length;
      expect([...plain.subarray(at, at + 9)]).toStrictEqual([0xec, 1, 0, 0, 0, 0, 0, 0, tags.length - 9]);
      expect([...plain.subarray(at + tags.length)]).toStrictEqual(cluster);
    }
  });

  it('leaves alone a film without metadata, and other bytes', () => {
    for (const bytes of [
      [...box('ftyp', text('isom')), ...box('moov', box('mvhd', [1])), ...box('mdat', PLACE)],
      text('udta is no film at all'),
      [0, 0, 0, 1, ...text('udta'), 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
      [0x1a, 0x45, 0xdf, 0xa3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [],
    ])
      expect([...plainFilm(new Uint8Array(bytes))]).toStrictEqual(bytes);
  });
});
