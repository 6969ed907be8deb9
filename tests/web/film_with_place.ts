// SPDX-License-Identifier: Apache-2.0
// A film as a phone writes it: an MP4 whose movie box says where it was filmed (ISO 6709 in `©xyz`, as QuickTime and
// Android write it).

const box = (name: string, content: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, content]);
};

/** `film`: an MP4. Its media boxes stay where they are: the movie box must be behind them, or in a fragmented film. */
export function film_with_place(film: Buffer): Buffer {
  const place = Buffer.from('+48.2085+016.3730/', 'latin1');
  const length = Buffer.from([0, place.length, 0x15, 0xc7]);
  const user_data = box('udta', box('\u00a9xyz', Buffer.concat([length, place])));
  for (let at = 0; at + 8 <= film.length; at += film.readUInt32BE(at)) {
    if (film.toString('latin1', at + 4, at + 8) !== 'moov') continue;
    const end = at + film.readUInt32BE(at);
    return Buffer.concat([
      film.subarray(0, at),
      box('moov', Buffer.concat([film.subarray(at + 8, end), user_data])),
      film.subarray(end),
    ]);
  }
  throw new Error('the film has no movie box of its own');
}
