// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { nextLook } from '../../coach/video_file.ts';
import { ageForReference, LEAST_CM, MOST_CM, numberIn } from './tests.ts';

it('reads a height as it is typed', () => {
  expect(numberIn(' 172 ', LEAST_CM, MOST_CM)).toBe(172);
  expect(numberIn('172,5', LEAST_CM, MOST_CM)).toBe(172.5);
  expect(numberIn('', LEAST_CM, MOST_CM)).toBeNull();
  for (const wrong of ['1.72', '1,72', '300', '-5', '172 cm', '1e2'])
    expect(numberIn(wrong, LEAST_CM, MOST_CM)).toBeUndefined();
});

it('asks for references of ages that there are', () => {
  expect([undefined, 1, 2, 120, 121].map(ageForReference)).toStrictEqual([null, null, 2, 120, null]);
});

it('looks at each picture of a file once', () => {
  const frames = Array.from({ length: 60 }, (_, i) => i / 25);
  const shown = (sought: number) => frames.filter((time) => time <= sought + 1e-9).at(-1) ?? 0;
  const times: number[] = [];
  for (let sought = 0; sought < 2.4; ) {
    const time = shown(sought);
    if (time > (times.at(-1) ?? -1)) {
      times.push(time);
      sought = nextLook(times);
    } else {
      sought += 1 / 250;
    }
  }
  expect(times).toStrictEqual(frames);
});
