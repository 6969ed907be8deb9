// What this device's clock shows, as the engine wants it: offsets from UTC by moment. The clinic's clock is that of who
// looks.

export interface ZoneChange {
  from_ms: number;
  offset_minutes: number;
}

const DAY_MS = 24 * 3600_000;
const offsetHere = (ms: number) => -new Date(ms).getTimezoneOffset();

/** The first minute in (low, high] that has the offset of `high`. */
function firstWith(offset: (ms: number) => number, low: number, high: number): number {
  let [before, after] = [low, high];
  while (after - before > 60_000) {
    const middle = Math.floor((before + after) / 2 / 60_000) * 60_000;
    if (middle <= before) break;
    if (offset(middle) === offset(high)) after = middle;
    else before = middle;
  }
  return after;
}

/** From `from` to `to`, in milliseconds. */
export function zoneBetween(from: number, to: number, offset: (ms: number) => number = offsetHere): ZoneChange[] {
  const changes = [{ from_ms: from, offset_minutes: offset(from) }];
  for (let at = from; at < to; ) {
    const next = Math.min(at + DAY_MS, to);
    if (offset(next) !== offset(at))
      changes.push({ from_ms: firstWith(offset, at, next), offset_minutes: offset(next) });
    at = next;
  }
  return changes;
}
