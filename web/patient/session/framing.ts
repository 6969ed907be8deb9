// SPDX-License-Identifier: Apache-2.0
// Which part of the camera's picture is shown, where the place for it has another shape: all of it, unless the person
// fits into a part that fills the place.
import type { Look } from '../../coach/coach.ts';

interface Size {
  width: number;
  height: number;
}
/** A position as in CSS's object-position: shares of the remaining room. */
export interface Position {
  x: number;
  y: number;
}

/**
 * Room around the person, as a share of the person's own box: arms and legs go farther than they are now. Unsourced
 * default.
 */
const ROOM = 0.25;
/** How far the box shrinks with each picture when the person takes less room, as a share of the difference. */
const SHRINKS = 0.02;
/** A share of the place: smaller moves are not followed. */
const STEADY = 0.04;

interface Span {
  from: number;
  to: number;
}

/** Follows the person from picture to picture; undefined: all of the picture is shown. */
export function createFraming() {
  let box: { x: Span; y: Span } | undefined;
  let shown: Position | undefined;
  const grown = (before: Span | undefined, now: Span): Span =>
    before
      ? {
          from: Math.min(now.from, before.from + (now.from - before.from) * SHRINKS),
          to: Math.max(now.to, before.to + (now.to - before.to) * SHRINKS),
        }
      : now;
  return ({ image_px }: Pick<Look, 'image_px'>, picture: Size, place: Size): Position | undefined => {
    if (!image_px || picture.width === 0 || place.width === 0 || place.height === 0) {
      box = undefined;
      shown = undefined;
      return undefined;
    }
    const spanOf = (axis: number): Span => {
      const all = Array.from({ length: image_px.length / 3 }, (_, i) => image_px[3 * i + axis] ?? 0);
      return { from: Math.min(...all), to: Math.max(...all) };
    };
    box = { x: grown(box?.x, spanOf(0)), y: grown(box?.y, spanOf(1)) };
    const scale = Math.max(place.width / picture.width, place.height / picture.height);
    const along = ({ from, to }: Span, whole: number, room: number) => {
      const margin = (to - from) * ROOM;
      const [first, last] = [Math.max(0, from - margin), Math.min(whole, to + margin)];
      if ((last - first) * scale > room + 1) return undefined;
      const over = room - whole * scale;
      return over > -1 ? 0.5 : Math.min(1, Math.max(0, (room / 2 - ((first + last) / 2) * scale) / over));
    };
    const x = along(box.x, picture.width, place.width);
    const y = along(box.y, picture.height, place.height);
    if (x === undefined || y === undefined) shown = undefined;
    else if (!shown || Math.abs(shown.x - x) > STEADY || Math.abs(shown.y - y) > STEADY) shown = { x, y };
    return shown;
  };
}
