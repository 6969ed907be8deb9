// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { speechOfKeys } from '../../../paper/speech_of_keys.ts';
import { wrapped } from './draw_card.ts';
import { cardInWords, cardOf, NOTHING_MORE, type CardOptions, type CardSpeech } from './week_card.ts';

const speech: CardSpeech = {
  ...speechOfKeys,
  amount: (value, code, _, uncertainty) => `${value} ${code} ± ${uncertainty}`,
};
/** A Friday. */
const NOW = new Date('2026-11-27T12:00:00');
const range = (value: number, uncertainty = 6, best = true) => ({
  value,
  uncertainty,
  best,
  unit: 'degree' as const,
  rising: true,
});
const set = (day: string, more: object = {}) => ({ exercise: 'squat', day, count: 8, seconds: 90, ...more });
const squat = { id: 'squat', personalBests: true, held: false };

const made = (options: Partial<CardOptions> = {}, more: object = {}) =>
  cardOf(
    {
      sets: [
        set('2026-11-18', { range: range(80) }),
        set('2026-11-23', { range: range(95) }),
        set('2026-11-25', { range: range(99) }),
        set('2026-11-25'),
      ],
      pains: {
        before: [],
        after: [
          { day: '2026-11-18', value: 7 },
          { day: '2026-11-23', value: 4 },
          { day: '2026-11-25', value: 2 },
        ],
        'next-morning': [],
      },
      programme: { exercises: [squat] } as never,
      deeds: ['A deed'],
      goal: 'Walk to the lake',
      name: 'Robin',
      now: NOW,
      called: (id) => id,
      ...more,
    },
    { ...NOTHING_MORE, ...options },
    speech,
  );

describe('the picture of a week', () => {
  it('says days, minutes and deeds, and nothing more unless it is ticked', () => {
    const card = made();
    expect(card.counts).toStrictEqual(['card.days 2', 'card.minutes 5']);
    expect(cardInWords(card)).toBe('card.whole. 2026-11-23 – 2026-11-29. card.days 2. card.minutes 5. A deed');
  });

  it('has the name, the goal and pain only if ticked, of that week alone', () => {
    const card = made({ name: true, goal: true, pain: true });
    expect(card.title).toBe('card.name Robin');
    expect(card.goal).toBe('Walk to the lake');
    expect(card.lines).toStrictEqual(['card.pain 2 4']);
    expect(made({ week: 'last', pain: true }).lines).toStrictEqual(['card.pain.one 7']);
  });

  it('has a range with its error, and compares it with nothing', () => {
    expect(made({ range: true }).lines).toStrictEqual(['card.range squat 99 deg ± 6']);
  });

  it('has no range under a ceiling, on hold, of another programme, or within its error', () => {
    const lines = (more: object) => made({ range: true }, more).lines;
    expect(lines({ programme: { exercises: [{ ...squat, personalBests: false }] } })).toStrictEqual([]);
    expect(lines({ programme: { exercises: [{ ...squat, held: true }] } })).toStrictEqual([]);
    expect(lines({ programme: undefined })).toStrictEqual([]);
    expect(lines({ sets: [set('2026-11-25', { range: range(99, 6, false) })] })).toStrictEqual([]);
    expect(lines({ sets: [set('2026-11-25', { range: range(5.6, 6.2) })] })).toStrictEqual([]);
    expect(lines({ sets: [set('2026-11-25', { range: { ...range(9), rising: false } })] })).toStrictEqual([]);
    expect(lines({ sets: [set('2026-11-25', { range: { ...range(0.9, 0.1), unit: 'ratio' } })] })).toStrictEqual([]);
  });

  it('names no minutes where the record has none', () => {
    expect(made({}, { sets: [{ exercise: 'squat', day: '2026-11-25', count: 8 }] }).counts).toStrictEqual([
      'card.days 1',
    ]);
  });
});

it('breaks lines where they no longer fit', () => {
  const fits = (line: string) => line.length <= 10;
  expect(wrapped('one two three four', 3, fits)).toStrictEqual(['one two', 'three four']);
  expect(wrapped('one two three four five six', 2, fits)).toStrictEqual(['one two', 'three fo …']);
});
