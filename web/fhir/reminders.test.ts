// SPDX-License-Identifier: Apache-2.0
import type { Bundle, Consent } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import {
  choiceIn,
  choiceTransaction,
  clockNow,
  laterClock,
  openQuestion,
  problemIn,
  readChoice,
  type Choice,
} from './reminders.ts';

const CHOICE: Choice = {
  wanted: true,
  time: '18:30',
  second: '20:00',
  zone: 'Europe/Berlin',
  pausedUntil: '2026-03-10',
};

function written(choice: Choice, earlier?: Consent) {
  const words = { when: '2026-03-02T18:00:00+01:00', language: 'de', words: 'Übungen: ja' };
  const bundle = JSON.parse(
    choiceTransaction({ patient: 'a', choice, earlier, simulated: false, ...words }),
  ) as Bundle<Consent>;
  const [entry] = bundle.entry ?? [];
  if (!entry?.resource) throw new Error('no entry');
  return { resource: entry.resource, request: entry.request };
}

const inRecord = (consent: Consent, lastUpdated: string, id = '1'): Consent => ({
  ...consent,
  id,
  meta: { versionId: '3', lastUpdated },
});

describe('the choice of reminders', () => {
  it('is read as it was written', () => {
    expect(readChoice(written(CHOICE).resource)).toEqual(CHOICE);
    const plain = { ...CHOICE, second: undefined, pausedUntil: undefined, wanted: false };
    expect(readChoice(written(plain).resource)).toEqual(plain);
  });

  it('names the way that was agreed to', () => {
    const channel = (choice: Choice) =>
      written(choice).resource.extension?.[0]?.extension?.find(({ url }) => url === 'channel')?.valueCode;
    expect(channel(CHOICE)).toBe('mail');
    const onDevices = { ...CHOICE, onDevices: true };
    expect(channel(onDevices)).toBe('push');
    expect(readChoice(written(onDevices).resource)).toEqual(onDevices);
  });

  it('keeps the words in UTF-8', () => {
    const data = written(CHOICE).resource.sourceAttachment?.data ?? '';
    expect(new TextDecoder().decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)))).toBe('Übungen: ja');
  });

  it('replaces the one that holds, unless that changed meanwhile', () => {
    expect(written(CHOICE).request).toEqual({ method: 'POST', url: 'Consent' });
    const earlier = inRecord(written(CHOICE).resource, '2026-03-02T17:00:00Z', 'x');
    const { resource, request } = written(CHOICE, earlier);
    expect(resource.id).toBe('x');
    expect(request).toEqual({ method: 'PUT', url: 'Consent/x', ifMatch: 'W/"3"' });
  });

  it("is the patient's newest one", () => {
    const { resource } = written(CHOICE);
    const old = inRecord(resource, '2026-03-02T17:00:00Z', 'old');
    const late = inRecord(resource, '2026-03-04T17:00:00Z', 'late');
    const clinics = { ...inRecord(resource, '2026-03-05T17:00:00Z'), performer: [{ reference: 'Practitioner/dr' }] };
    const over = { ...inRecord(resource, '2026-03-06T17:00:00Z'), status: 'inactive' as const };
    expect(choiceIn([old, late, clinics, over])?.id).toBe('late');
    expect(choiceIn([])).toBeUndefined();
  });

  it('needs a time, and a later second one', () => {
    expect(problemIn(CHOICE)).toBeUndefined();
    expect(problemIn({ ...CHOICE, time: '' })).toBe('reminders.noTime');
    expect(problemIn({ ...CHOICE, time: '24:00' })).toBe('reminders.noTime');
    expect(problemIn({ ...CHOICE, second: '18:30' })).toBe('reminders.secondLater');
    expect(problemIn({ ...CHOICE, second: '' })).toBe('reminders.secondLater');
  });

  it('suggests times', () => {
    expect(clockNow(new Date(2026, 2, 2, 7, 29))).toBe('07:00');
    expect(clockNow(new Date(2026, 2, 2, 18, 59))).toBe('18:30');
    expect(laterClock('18:30', 120)).toBe('20:30');
    expect(laterClock('22:45', 120)).toBe('23:59');
    expect(laterClock('', 120)).toBe('02:00');
  });

  it('answers the question whether to pause', () => {
    const consent = inRecord(written(CHOICE).resource, '2026-03-02T17:00:00Z');
    const asked = (sent: string, code = 'exercise-reminder-question') => ({
      resourceType: 'Communication' as const,
      status: 'completed' as const,
      category: [{ coding: [{ system: 'urn:reprise:communication', code }] }],
      sent,
    });
    expect(openQuestion([asked('2026-03-05T17:00:00Z')], consent)).toBe('2026-03-05T17:00:00Z');
    expect(openQuestion([asked('2026-03-01T17:00:00Z')], consent)).toBeUndefined();
    expect(openQuestion([asked('2026-03-05T17:00:00Z', 'exercise-reminder')], consent)).toBeUndefined();
    expect(openQuestion([], consent)).toBeUndefined();
  });
});
