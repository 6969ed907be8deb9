// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  earlier,
  ladderIn,
  problemOf,
  SUGGESTED,
  without,
  withAnother,
  withStance,
  type Draft,
  type LevelDraft,
} from './balance_draft.ts';

const change = (draft: Draft, at: number, more: Partial<LevelDraft>): Draft => ({
  ...draft,
  levels: draft.levels.map((level, i) => (i === at ? { ...level, ...more } : level)),
});
const problems = (draft: Draft) => draft.levels.map((level) => problemOf(draft, level));

describe('the form for a balance programme', () => {
  it('suggests stances without closed eyes, foam or a second task', () => {
    const ladder = ladderIn(SUGGESTED);
    expect(ladder?.levels.map(({ stance }) => stance)).toStrictEqual([
      'feet-apart',
      'feet-together',
      'semi-tandem',
      'tandem',
    ]);
    expect(ladder?.levels.some(({ eyesClosed, foam, dualTask }) => eyesClosed || foam || dualTask)).toBe(false);
    expect(ladder?.sessions).toBe(3);
  });

  it('has a side on one leg only', () => {
    const other = withStance({ ...SUGGESTED.levels[0], side: 'left' } as LevelDraft, 'tandem');
    expect(other.side).toBe(null);
    const leg = change(SUGGESTED, 3, { stance: 'single-leg' });
    expect(problems(leg)).toStrictEqual([undefined, undefined, undefined, 'side']);
    expect(ladderIn(leg)).toBe(undefined);
    expect(ladderIn(change(leg, 3, { side: 'right' }))?.levels[3]?.side).toBe('right');
  });

  it('begins at no level that needs a release of its own', () => {
    for (const hazard of ['eyesClosed', 'foam', 'dualTask'] as const) {
      expect(problems(change(SUGGESTED, 0, { [hazard]: true }))[0]).toBe('first');
      expect(problems(change(SUGGESTED, 1, { [hazard]: true }))[1]).toBe(undefined);
    }
  });

  it('has no level twice; another length of the hold is another level', () => {
    const twice = withAnother(SUGGESTED, 'new');
    expect(problems(twice).at(-1)).toBe('same');
    expect(problems(change(twice, 4, { hold: '20' })).at(-1)).toBe(undefined);
    expect(problems(change(twice, 4, { hold: '010' })).at(-1)).toBe('same');
  });

  it('takes only whole numbers that can be', () => {
    for (const hold of ['2', '121', '10.5', '']) expect(ladderIn(change(SUGGESTED, 1, { hold }))).toBe(undefined);
    for (const holds of ['0', '11', 'x']) expect(ladderIn(change(SUGGESTED, 1, { holds }))).toBe(undefined);
    expect(ladderIn({ ...SUGGESTED, sessions: '0' })).toBe(undefined);
    expect(ladderIn({ ...SUGGESTED, levels: [] })).toBe(undefined);
  });

  it('orders its levels', () => {
    const keys = ({ levels }: Draft) => levels.map(({ key }) => key);
    expect(keys(earlier(SUGGESTED, 'tandem'))).toStrictEqual(['feet-apart', 'feet-together', 'tandem', 'semi-tandem']);
    expect(earlier(SUGGESTED, 'feet-apart')).toBe(SUGGESTED);
    expect(keys(without(SUGGESTED, 'feet-apart'))).toHaveLength(3);
  });
});
