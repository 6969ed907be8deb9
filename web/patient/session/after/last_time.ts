// SPDX-License-Identifier: Apache-2.0
// The last day that an exercise was done, as the record has it. Pure.
import type { SetSeen } from '../../progress/history.ts';
import type { LastTime } from './look_back.ts';

/** `history`: oldest first; `today`: YYYY-MM-DD. Undefined where that day has no range, or had a ceiling. */
export function lastTimeOf(history: readonly SetSeen[], request: string, today: string): LastTime | undefined {
  const before = history.filter((set) => set.request === request && set.day < today);
  const day = before.at(-1)?.day;
  const ranges = before.flatMap(({ day: of, range, method }) => (of === day && range ? [{ range, method }] : []));
  const [first] = ranges;
  if (!first || day === undefined || ranges.some(({ range }) => !range.best)) return undefined;
  const farthest = ranges.reduce((a, b) => (b.range.value > a.range.value === a.range.rising ? b : a));
  const { best: _, ...range } = farthest.range;
  return { ...range, method: farthest.method ?? '', day };
}
