// SPDX-License-Identifier: Apache-2.0
// As many points as a picture can show, without losing an extreme: of each column of pixels the first, the least, the
// greatest and the last (M4). Pure.

/** Returns the indices of the kept points in ascending order. `times` must ascend. */
export function keptOf(times: readonly number[], values: readonly number[], columns: number): number[] {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (times.length <= 4 * columns || last <= first) return times.map((_, i) => i);
  const columnOf = (time: number) => Math.min(columns - 1, Math.floor(((time - first) / (last - first)) * columns));
  const kept: number[] = [];
  for (let from = 0; from < times.length; ) {
    const column = columnOf(times[from] ?? 0);
    let [least, greatest, to] = [from, from, from];
    for (; to < times.length && columnOf(times[to] ?? 0) === column; ++to) {
      const value = values[to] ?? 0;
      if (value < (values[least] ?? 0)) least = to;
      if (value > (values[greatest] ?? 0)) greatest = to;
    }
    kept.push(...new Set([from, least, greatest, to - 1].sort((a, b) => a - b)));
    from = to;
  }
  return kept;
}
