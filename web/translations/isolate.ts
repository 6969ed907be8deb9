// SPDX-License-Identifier: Apache-2.0
// Words of another direction within a sentence, by the marks of Unicode's bidirectional algorithm (UAX 9, isolates): in
// a sentence of Arabic, a name or "+49 30 1234567" otherwise changes places with what stands beside it.
const FIRST_STRONG = '\u2068';
const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';

/** Between the digits of a telephone number: broken into lines, its parts would stand the other way round. */
const INNER_SPACE = /(?<=[\d)]) (?=\(?\d)/g;

/** Returns a text by itself, in the direction of its first letter. */
export const isolate = (text: string) => `${FIRST_STRONG}${text.replace(INNER_SPACE, '\u00a0')}${END}`;

/** Returns the values of a message, each text by itself; numbers as they are, for their plural. */
export const isolated = <T extends string | number>(values: Record<string, T>): Record<string, T | string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && value !== '' ? isolate(value) : value,
    ]),
  );

/** Returns a text that stands in for one without a translation. */
export const leftToRight = (text: string) => `${LEFT_TO_RIGHT}${text}${END}`;
