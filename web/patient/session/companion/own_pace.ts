// SPDX-License-Identifier: Apache-2.0
// The pace of the patient's own repetitions, for the figure beside the picture. Pure.

/** Of the last ones. */
const REPETITIONS = 3;
/** Of the exercise's own time: a figure that is slower or quicker shows another movement. Unsourced defaults. */
const LEAST = 0.6;
const MOST = 2;

/**
 * Returns a function of each look at the set. It gives the seconds of a repetition: the median of the last ones, and
 * `usual_s` before the first.
 */
export function ownPace(usual_s: number) {
  let counted = 0;
  let under_way_s = 0;
  const took: number[] = [];
  return ({ count, repetition_s }: { count: number; repetition_s: number }): number => {
    if (repetition_s > 0) under_way_s = repetition_s;
    if (count > counted && under_way_s > 0) took.push(under_way_s);
    counted = count;
    const last = took.slice(-REPETITIONS).sort((a, b) => a - b);
    const median = last[Math.floor(last.length / 2)] ?? usual_s;
    return Math.min(MOST * usual_s, Math.max(LEAST * usual_s, median));
  };
}
