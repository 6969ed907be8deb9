// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { isolated, leftToRight } from './isolate.ts';

describe('words of another direction', () => {
  it('stand by themselves within a sentence, and numbers stay numbers', () => {
    expect(isolated({ name: 'Robin', count: 2, empty: '' })).toStrictEqual({
      name: '\u2068Robin\u2069',
      count: 2,
      empty: '',
    });
    expect(leftToRight('Not translated.')).toBe('\u2066Not translated.\u2069');
  });

  it('keep a telephone number in one line', () => {
    expect(isolated({ number: '+49 (30) 123 4567' })).toStrictEqual({
      number: '\u2068+49\u00a0(30)\u00a0123\u00a04567\u2069',
    });
    expect(isolated({ name: 'Room 2 left' })).toStrictEqual({ name: '\u2068Room 2 left\u2069' });
  });
});
