// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { minutesOf, pieceOfDay, withRead, type Marks } from './pieces.ts';

const URLS = ['a', 'b', 'c'];
const NONE: Marks = { read: [] };

describe('the text of the day', () => {
  it('is the first one that was not read, and waits until it is read', () => {
    expect(pieceOfDay(URLS, NONE, 'Mon')).toBe('a');
    expect(pieceOfDay(URLS, NONE, 'Tue')).toBe('a');
    expect(pieceOfDay(URLS, { read: ['a'] }, 'Mon')).toBe('b');
  });

  it('stays the same for the day on which it was read', () => {
    const marks = withRead(NONE, 'a', 'Mon');
    expect(pieceOfDay(URLS, marks, 'Mon')).toBe('a');
    expect(pieceOfDay(URLS, withRead(marks, 'a', 'Mon'), 'Mon'), 'opened again').toBe('a');
    expect(pieceOfDay(URLS, marks, 'Tue')).toBe('b');
  });

  it('is the first one of those that were opened on the page Learn that day', () => {
    const marks = withRead(withRead(NONE, 'c', 'Mon'), 'a', 'Mon');
    expect(marks.read).toStrictEqual(['c', 'a']);
    expect(pieceOfDay(URLS, marks, 'Mon')).toBe('c');
    expect(pieceOfDay(URLS, marks, 'Tue')).toBe('b');
  });

  it('is none where all were read, and another where the clinic withdrew it', () => {
    expect(pieceOfDay(URLS, { read: URLS }, 'Mon')).toBeUndefined();
    expect(pieceOfDay([], NONE, 'Mon')).toBeUndefined();
    expect(pieceOfDay(['b', 'c'], withRead(NONE, 'a', 'Mon'), 'Mon')).toBe('b');
  });
});

it('a text takes a minute at least', () => {
  expect(minutesOf('short')).toBe(1);
  expect(minutesOf(Array.from({ length: 280 }, () => 'word').join(' '))).toBe(2);
});
