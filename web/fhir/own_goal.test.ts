// SPDX-License-Identifier: Apache-2.0
// A goal in the own words: which goal it is, when it is asked about, and when its patient may change it.

import { describe, expect, it } from 'vitest';
import { goalInWords, isAskDue, mayBeChanged, nearnessOf, ownGoalIn, toldOf } from './own_goal.ts';

const own = (more: object = {}): any => ({
  ...goalInWords('p', 'To walk to the lake', '2026-03-02'),
  id: 'g',
  identifier: [{ system: 'urn:reprise:own-goal', value: 'x' }],
  ...more,
});
const answer = (at: string, nearness: any = 'same', goal = 'g'): any => nearnessOf('p', goal, nearness, at);

describe('a goal in the own words', () => {
  it('is the newest open one, and none that a clinician wrote', () => {
    const newer = own({ startDate: '2026-04-01', id: 'h' });
    expect(ownGoalIn([own(), newer])?.id).toBe('h');
    expect(ownGoalIn([own(), { ...newer, lifecycleStatus: 'cancelled' }])?.id).toBe('g');
    expect(ownGoalIn([own({ identifier: [] })])).toBe(undefined);
    expect(ownGoalIn([own({ description: {} })])).toBe(undefined);
  });

  it('may be changed as long as a clinician has added nothing', () => {
    expect(mayBeChanged(own({ meta: { versionId: '2' } }))).toBe(true);
    expect(mayBeChanged(own({ target: [] }))).toBe(false);
    expect(mayBeChanged(own({ achievementStatus: {} }))).toBe(false);
  });

  it('has its own answers, the newest first', () => {
    const all = [
      answer('2026-03-09T10:00:00+01:00', 'nearer'),
      answer('2026-03-16T10:00:00+01:00', 'farther'),
      answer('2026-03-17T10:00:00+01:00', 'much-nearer', 'another'),
      { ...answer('2026-03-18T10:00:00+01:00'), status: 'entered-in-error' },
      answer('2026-03-18T10:00:00+01:00', 'odd'),
      answer('some day'),
    ];
    expect(toldOf(all, 'g').map(({ nearness }) => nearness)).toStrictEqual(['farther', 'nearer']);
  });

  it("is asked about a week after the last answer, by days of the patient's clock", () => {
    process.env.TZ = 'Europe/Berlin';
    const at = (when: string, ...answers: string[]) =>
      isAskDue(
        own(),
        toldOf(
          answers.map((one) => answer(one)),
          'g',
        ),
        new Date(when),
      );
    expect(at('2026-03-08T23:00:00+01:00')).toBe(false);
    expect(at('2026-03-09T00:30:00+01:00')).toBe(true);
    expect(at('2026-03-29T08:00:00+02:00', '2026-03-23T22:00:00+01:00')).toBe(false);
    // The clock changes on 29 March.
    expect(at('2026-03-30T06:00:00+02:00', '2026-03-23T22:00:00+01:00')).toBe(true);
    expect(isAskDue({ ...own(), startDate: undefined } as any, [], new Date())).toBe(false);
  });

  it('says in codes of FHIR which way it goes', () => {
    const codes = (nearness: any) => nearnessOf('p', 'g', nearness, 'now').valueCodeableConcept?.coding?.[1]?.code;
    expect(['much-nearer', 'nearer', 'same', 'farther'].map(codes)).toStrictEqual([
      'improving',
      'improving',
      'no-change',
      'worsening',
    ]);
  });
});
