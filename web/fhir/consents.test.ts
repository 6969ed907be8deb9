// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Consent } from 'fhir/r4';
import { consentAnswer, timeOfAnswer } from './consents.ts';

const answer = (type: 'permit' | 'deny', dateTime?: string, more: object = {}): Consent => ({
  resourceType: 'Consent',
  status: 'active',
  scope: {},
  category: [{ coding: [{ system: 'urn:reprise:consent', code: 'posture-photo' }] }],
  provision: { type, ...more },
  ...(dateTime !== undefined && { dateTime }),
});
const state = (...consents: Consent[]) => consentAnswer(consents, 'posture-photo').state;

describe('the answer of a patient that holds', () => {
  it('is the newest one, and of equally new ones a denial', () => {
    expect(state()).toBe('unasked');
    expect(state(answer('permit', '2026-03-02T10:00:00Z'))).toBe('yes');
    expect(state(answer('deny', '2026-03-02T10:00:00Z'))).toBe('no');
    expect(state(answer('permit', '2026-03-02T10:00:00Z'), answer('deny', '2026-03-03T10:00:00Z'))).toBe('withdrawn');
    expect(state(answer('deny', '2026-03-02T10:00:00Z'), answer('permit', '2026-03-03T10:00:00Z'))).toBe('yes');
    expect(state(answer('permit', '2026-03-02T10:00:00Z'), answer('deny', '2026-03-02T11:00:00+01:00'))).toBe(
      'withdrawn',
    );
  });

  it('counts neither another kind, nor one that is not active, nor a permission with conditions', () => {
    expect(consentAnswer([answer('permit', '2026-03-02T10:00:00Z')], 'video-visit').state).toBe('unasked');
    expect(state({ ...answer('permit', '2026-03-02T10:00:00Z'), status: 'inactive' })).toBe('unasked');
    expect(state(answer('permit', '2026-03-02T10:00:00Z', { period: { start: '2027-01-01' } }))).toBe('no');
  });

  it('is the oldest if it has no date', () => {
    expect(state(answer('deny'), answer('permit', '2020-01-01'))).toBe('yes');
  });
});

describe('the time of a new answer', () => {
  const now = new Date('2026-03-02T10:00:00Z');
  it('is now, and after an answer of a clock that was ahead', () => {
    expect(timeOfAnswer(now, { state: 'unasked' })).toStrictEqual(now);
    expect(timeOfAnswer(now, { state: 'yes', at: '2026-03-01T10:00:00Z' })).toStrictEqual(now);
    expect(timeOfAnswer(now, { state: 'yes', at: 'no date' })).toStrictEqual(now);
    const later = timeOfAnswer(now, { state: 'yes', at: '2030-01-01T00:00:00Z' });
    expect(later).toStrictEqual(new Date('2030-01-01T00:00:01Z'));
    expect(state(answer('permit', '2030-01-01T00:00:00Z'), answer('deny', later.toISOString()))).toBe('withdrawn');
  });
});
