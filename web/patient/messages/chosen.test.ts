// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { NoPicture } from '../../data/draw_jpeg.ts';
import { addPictures, isFull } from './chosen.ts';

const picture = (id: string) => ({ id, base64: '', bytes: 1 });
const draw = async ({ name }: { name: string }) => {
  if (name.endsWith('.heic')) throw new NoPicture('unreadable');
  return picture(name);
};
const files = (...names: string[]) => names.map((name) => ({ name }));

describe('pictures of a message', () => {
  it('are at most three, in the order they were chosen', async () => {
    const { pictures, left } = await addPictures([picture('a')], files('b', 'c', 'd', 'e'), draw);
    expect(pictures.map(({ id }) => id)).toStrictEqual(['a', 'b', 'c']);
    expect(left).toStrictEqual([{ why: 'too-many' }]);
  });

  it('a file that is none is named, and takes no place', async () => {
    const { pictures, left } = await addPictures([], files('a', 'b.heic', 'c', 'd'), draw);
    expect(pictures.map(({ id }) => id)).toStrictEqual(['a', 'c', 'd']);
    expect(left).toStrictEqual([{ why: 'unreadable', name: 'b.heic' }]);
  });

  it('another error is not hidden', async () => {
    const broken = () => Promise.reject(new Error('no canvas'));
    await expect(addPictures([], files('a'), broken)).rejects.toThrow('no canvas');
  });

  it('nine may wait on the device', () => {
    const waiting = (pictures: number): any => ({ pictures: Array.from({ length: pictures }) });
    expect(isFull([], 3)).toBe(false);
    expect(isFull([waiting(3), waiting(3)], 3)).toBe(false);
    expect(isFull([waiting(3), waiting(3), waiting(0)], 4)).toBe(true);
  });
});
