// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { PhoneTestRequest } from 'reprise-engine';
import { needsHelper, ownRequestsIn } from '../../fhir/own_requests.ts';
import { courseIn, isPhoneTest, phoneTestIn, phoneTestRequest } from '../../fhir/phone_tests.ts';
import { ownOrders } from './own_orders.ts';

const wanted = {
  id: 't',
  patient: 'robin',
  practitioner: 'kim',
  test: 'walk_6_min',
  name: '6-minute walk',
  courseMeters: 15,
  everyDays: 7,
  helper: true,
  reason: ' With your stick. ',
  authored: '2026-03-02T08:00:00+01:00',
  tag: undefined,
} as const;

const read = (change: Partial<PhoneTestRequest>): PhoneTestRequest => ({
  request: 't',
  test: 'walk_6_min',
  courseMeters: 15,
  everyDays: 7,
  helper: true,
  held: false,
  supportNote: null,
  instruction: null,
  answerBy: null,
  lastDone: null,
  done: false,
  due: null,
  problem: null,
  ...change,
});

describe('a test with the phone in the record', () => {
  it('is written as it is read', () => {
    const request = phoneTestRequest(wanted);
    expect(isPhoneTest(request)).toBe(true);
    expect(phoneTestIn(request)).toBe('walk_6_min');
    expect(courseIn(request)).toBe(15);
    expect(needsHelper(request)).toBe(true);
    expect(request.patientInstruction).toBe('With your stick.');
    expect(request.occurrenceTiming).toStrictEqual({ repeat: { frequency: 1, period: 1, periodUnit: 'wk' } });
    const once = phoneTestRequest({ ...wanted, test: 'sit_to_stand_5', courseMeters: undefined, everyDays: 0 });
    expect(once.occurrenceTiming).toBe(undefined);
    expect(courseIn(once)).toBe(undefined);
  });

  it('needs a helper unless the request releases the patient', () => {
    expect(needsHelper(phoneTestRequest({ ...wanted, helper: false }))).toBe(false);
    expect(needsHelper({ ...phoneTestRequest(wanted), extension: [] })).toBe(true);
  });

  it('is found in a programme only while it is active', () => {
    const bundle = (status: string) =>
      JSON.stringify({ entry: [{ resource: { ...phoneTestRequest(wanted), status } }, { resource: { id: 'x' } }] });
    expect(ownRequestsIn(bundle('active'))).toStrictEqual([{ id: 't', kind: 'phone-test' }]);
    expect(ownRequestsIn(bundle('revoked'))).toStrictEqual([]);
  });
});

describe('tests in the clinician’s list', () => {
  const state = (change: Partial<PhoneTestRequest>, today: string, status: 'active' | 'revoked' = 'active') =>
    ownOrders([{ ...phoneTestRequest(wanted), status }], 'phone-test', [read(change)], today)[0]?.state;

  it('are due, overdue, done for a week, or withdrawn', () => {
    expect(state({}, '2026-03-09')).toBe('due');
    expect(state({}, '2026-03-10')).toBe('overdue');
    expect(state({ lastDone: '2026-03-09', due: '2026-03-16' }, '2026-03-12')).toBe('later');
    expect(state({ lastDone: '2026-03-09', due: '2026-03-16' }, '2026-03-16')).toBe('due');
    expect(state({ lastDone: '2026-03-09', due: '2026-03-16' }, '2026-03-24')).toBe('overdue');
    expect(state({ everyDays: 0 }, '2026-12-31')).toBe('due');
    expect(state({ everyDays: 0, done: true, lastDone: '2026-03-09' }, '2026-03-10')).toBe('done');
    expect(state({}, '2026-03-09', 'revoked')).toBe('withdrawn');
  });

  it('say where the engine cannot read them', () => {
    expect(state({ problem: 'no known test', test: null }, '2026-03-09')).toBe('unreadable');
    expect(ownOrders([phoneTestRequest(wanted)], 'phone-test', [], '2026-03-09')[0]?.state).toBe('unreadable');
  });

  it('list open ones first', () => {
    const [old, fresh] = [
      { ...phoneTestRequest(wanted), id: 'old', status: 'revoked' as const },
      phoneTestRequest(wanted),
    ];
    expect(
      ownOrders([old, fresh], 'phone-test', [read({})], '2026-03-03').map(({ request }) => request.id),
    ).toStrictEqual(['t', 'old']);
  });
});
