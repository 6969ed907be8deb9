// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { partOfFilm, rangeIn } from './part_of_film.ts';

const kept = () => new Response('0123456789', { headers: { 'content-type': 'video/mp4', etag: '"a"' } });
async function asked(range: string | null) {
  const response = await partOfFilm(kept(), range);
  return [response.status, await response.text(), response.headers.get('content-range')];
}

describe('a kept film', () => {
  it('is answered whole where no part is asked for', async () => {
    expect(await asked(null)).toEqual([200, '0123456789', null]);
    expect(await asked('bytes=0-1,4-5')).toEqual([200, '0123456789', null]);
    expect(await asked('bytes=5-4')).toEqual([200, '0123456789', null]);
  });
  // The same cases as server/http/byte_range_test.cpp.
  it('is answered in the asked part', async () => {
    expect(await asked('bytes=0-1')).toEqual([206, '01', 'bytes 0-1/10']);
    expect(await asked('bytes=4-')).toEqual([206, '456789', 'bytes 4-9/10']);
    expect(await asked('bytes=-3')).toEqual([206, '789', 'bytes 7-9/10']);
    expect(await asked('bytes=8-99')).toEqual([206, '89', 'bytes 8-9/10']);
    expect(await asked('bytes=-99')).toEqual([206, '0123456789', 'bytes 0-9/10']);
  });
  it('has no part beyond its end', async () => {
    expect(await asked('bytes=10-')).toEqual([416, '', 'bytes */10']);
    expect(rangeIn('bytes=-0', 10)).toBe('none');
    expect(rangeIn('bytes=-5', 0)).toBe('none');
  });
  it('keeps its type', async () => {
    const response = await partOfFilm(kept(), 'bytes=0-1');
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(response.headers.get('content-length')).toBe('2');
  });
});
