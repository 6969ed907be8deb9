// SPDX-License-Identifier: Apache-2.0
// A kept film answered in parts: a browser asks for them to play it, and some play nothing else. As the server answers
// (server/http/byte_range.h). Pure.

/** The first byte and the one after the last; 'none' of them is in the film; undefined: the whole film is wanted. */
export function rangeIn(field: string | null, size: number): { begin: number; end: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^\s*bytes=\s*(\d*)-(\d*)\s*$/i.exec(field ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return last === '0' || size === 0 ? 'none' : { begin: Math.max(0, size - Number(last)), end: size };
  const begin = Number(first);
  const end = last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && Number(last) < begin) return undefined;
  return begin >= size ? 'none' : { begin, end };
}

/** `kept`: the whole film, 200. `range`: the field of the request. */
export async function partOfFilm(kept: Response, range: string | null): Promise<Response> {
  if (range === null) return kept;
  const film = await kept.blob();
  const headers = new Headers(kept.headers);
  const asked = rangeIn(range, film.size);
  headers.set('content-length', String(film.size));
  if (asked === undefined) return new Response(film, { status: 200, headers });
  if (asked === 'none')
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${film.size}` } });
  const { begin, end } = asked;
  headers.set('content-length', String(end - begin));
  headers.set('content-range', `bytes ${begin}-${end - 1}/${film.size}`);
  // A part of a blob has no type of its own; the field has it.
  return new Response(film.slice(begin, end), { status: 206, headers });
}
