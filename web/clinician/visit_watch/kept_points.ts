// SPDX-License-Identifier: Apache-2.0
// The points of both people over a visit, so that the moment of a movement can be drawn. No picture is kept.
import type { VisitLook } from '../../coach/types.ts';

/** One moment in so long is kept: an hour then takes 20 MB. */
const EVERY_S = 0.2;

export class KeptPoints {
  private readonly looks: VisitLook[] = [];

  add(look: VisitLook) {
    const last = this.looks.at(-1);
    if (!last || look.time_s - last.time_s >= EVERY_S) this.looks.push(look);
  }

  /** The moment nearest to `time_s`, of the first picture's clock; undefined: none was seen. */
  at(time_s: number): VisitLook | undefined {
    let [low, high] = [0, this.looks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.looks[middle]?.time_s ?? 0) < time_s) low = middle + 1;
      else high = middle;
    }
    const [before, after] = [this.looks[low - 1], this.looks[low]];
    if (!before || !after) return before ?? after;
    return time_s - before.time_s < after.time_s - time_s ? before : after;
  }
}
