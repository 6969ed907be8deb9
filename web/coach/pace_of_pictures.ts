// SPDX-License-Identifier: Apache-2.0
// Whether pictures come often enough for counting: on a slow device, or in too little light, a camera gives few.

/** The fewest a second at which counts were tried (Coach.CountsExactlyFromEveryViewRateAndPace). */
const LEAST_HZ = 10;
const SPAN_S = 3;

/** Tells it of each picture's time; true: too few have come for a while. A pause is none. */
export function watchPace(): (time_s: number) => boolean {
  let times: number[] = [];
  return (time_s) => {
    const last = times.at(-1);
    if (last !== undefined && !(time_s > last && time_s - last < SPAN_S)) times = [];
    times.push(time_s);
    times = times.filter((one) => time_s - one <= SPAN_S);
    const first = times[0] ?? time_s;
    return time_s - first > SPAN_S * 0.8 && (times.length - 1) / (time_s - first) < LEAST_HZ;
  };
}
