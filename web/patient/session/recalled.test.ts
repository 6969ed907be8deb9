// SPDX-License-Identifier: Apache-2.0
// What the record and this device know of earlier sessions, together.

import type { Procedure, QuestionnaireResponse } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { recalledIn, type IsClear } from './recalled.ts';
import { joined, type Last } from './remembered.ts';

const allNo: IsClear = (redFlags) => Object.keys(redFlags).length === 2;
/** By the clock of this device, so that a day is a day in any time zone. */
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();

const set = (day: number, hour: number, request: string): Procedure => ({
  resourceType: 'Procedure',
  status: 'completed',
  subject: {},
  basedOn: [{ reference: `ServiceRequest/${request}` }],
  performedPeriod: { start: at(day, hour), end: at(day, hour) },
});

function answers(asked: string, authored: string, values: Record<string, boolean | number>): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `urn:reprise:questionnaire:${asked}|1.2`,
    status: 'completed',
    authored,
    item: Object.entries(values).map(([linkId, value]) => ({
      linkId,
      answer: [typeof value === 'number' ? { valueInteger: value } : { valueBoolean: value }],
    })),
  };
}
const no = { calf: false, pop: false };
const now = new Date(2026, 2, 5).getTime();

describe('what the record knows of earlier sessions', () => {
  it('the last day with any, from whichever device', () => {
    const { last } = recalledIn(
      [set(2, 9, 'squat'), set(3, 9, 'squat'), set(3, 18, 'bridge'), set(3, 18, 'squat')],
      [
        answers('before-exercise', at(2, 9), { 'pain-before': 8 }),
        answers('before-exercise', at(3, 8), { 'pain-before': 2 }),
        answers('after-exercise', at(3, 9), { 'pain-after': 5, effort: 4 }),
        answers('after-exercise', at(3, 18), { 'pain-during': 3 }),
      ],
      allNo,
      now,
    );
    expect(last).toStrictEqual({
      endedAt: at(3, 18),
      painBefore: 2,
      painMost: 5,
      effort: 4,
      done: ['squat', 'bridge'],
      followedUp: false,
    });
  });

  it('the morning after was asked about, or not yet', () => {
    const morning = (day: number) => [answers('next-morning', at(day, 8), { settled: true })];
    expect(recalledIn([set(3, 9, 'squat')], morning(4), allNo, now).last?.followedUp).toBe(true);
    expect(recalledIn([set(3, 9, 'squat')], morning(3), allNo, now).last?.followedUp).toBe(false);
  });

  it('warning signs: the newest answers count, and they must be whole', () => {
    const flags = (...responses: QuestionnaireResponse[]) => recalledIn([], responses, allNo, now).flags;
    const clear = answers('red-flags', at(2, 9), no);
    const raised = answers('red-flags', at(3, 9), { ...no, pop: true });
    expect(flags()).toBeUndefined();
    expect(flags(clear)).toStrictEqual({ at: at(2, 9), clear: true });
    expect(flags(clear, raised)).toStrictEqual({ at: at(3, 9), clear: false });
    // A sign that is taken back leaves the questions open.
    const back: QuestionnaireResponse = { ...answers('red-flags', at(3, 10), { pop: false }), status: 'stopped' };
    expect(flags(clear, raised, back)?.clear).toBe(false);
    expect(flags(clear, raised, back, answers('red-flags', at(3, 11), no))?.clear).toBe(true);
    expect(flags(clear, answers('red-flags', at(9, 9), no)), 'the clock of a device is ahead').toStrictEqual({
      at: at(2, 9),
      clear: true,
    });
    // The rules decide: an answer that is missing is no "no".
    expect(flags(answers('red-flags', at(3, 9), { calf: false }))?.clear).toBe(false);
  });

  it('nothing, and what cannot be read', () => {
    expect(recalledIn([], [], allNo, now)).toStrictEqual({ last: undefined, flags: undefined });
    const odd = answers('before-exercise', 'some day', { 'pain-before': 3 });
    expect(recalledIn([{ resourceType: 'Procedure', status: 'completed', subject: {} }], [odd], allNo, now).last).toBe(
      undefined,
    );
  });

  it('sessions of one day on two devices are one day', () => {
    const here: Last = { endedAt: at(3, 9), painBefore: 2, painMost: 6, done: ['squat'], followedUp: false };
    const there: Last = {
      endedAt: at(3, 18),
      painBefore: 3,
      painMost: 4,
      effort: 7,
      done: ['bridge'],
      followedUp: true,
    };
    const both = {
      endedAt: at(3, 18),
      painBefore: 3,
      painMost: 6,
      effort: 7,
      done: ['squat', 'bridge'],
      followedUp: true,
    };
    expect(joined(here, there)).toStrictEqual(both);
    expect(joined(there, here)).toStrictEqual({ ...both, done: ['squat', 'bridge'] });
    const next = { ...here, endedAt: at(4, 9) };
    expect(joined(there, next)).toStrictEqual(next);
    expect(joined(next, there)).toStrictEqual(next);
  });
});
