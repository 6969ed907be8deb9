// SPDX-License-Identifier: Apache-2.0
// Weeks, clocks, Slots and free times, without a browser.

import { describe, expect, it } from 'vitest';
import { dayAfter, instantOf, minuteOf, mondayOf, wallOf, weekNumber, zonedText } from '../../fhir/wall_time.ts';
import { openingsIn, slotChanges, slotTimes, timesIn, withTimes } from '../../fhir/schedule.ts';
import { timelineEventsOf } from '../../clinical/chart/days.ts';
import { booked, comingIn, invitation, kindOf, personIn, takesTime } from '../../fhir/appointments.ts';

const BERLIN = 'Europe/Berlin';
const utc = (text) => Date.parse(text);

describe('calendar', () => {
  it('weeks are those of ISO 8601, also around the new year', () => {
    // ISO 8601's own examples: 2005-01-01 is in week 53 of 2004, 2007-01-01 in week 1, 2008-12-29 in week 1 of 2009,
    // 2010-01-03 in week 53 of 2009.
    for (const [day, week] of [
      ['2005-01-01', 53],
      ['2007-01-01', 1],
      ['2008-12-29', 1],
      ['2010-01-03', 53],
      ['2026-11-22', 47],
    ])
      expect(weekNumber(day as any), day as any).toBe(week);
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(mondayOf('2026-11-16')).toBe('2026-11-16');
    expect(dayAfter('2024-02-28', 1)).toBe('2024-02-29');
  });

  it("a clock's reading is an instant, and back, whatever the zone of this machine", () => {
    expect(instantOf({ day: '2026-07-01', minute: 9 * 60 }, BERLIN)).toBe(utc('2026-07-01T07:00:00Z'));
    expect(instantOf({ day: '2026-01-05', minute: 9 * 60 }, 'America/New_York')).toBe(utc('2026-01-05T14:00:00Z'));
    expect(wallOf(utc('2026-07-01T23:30:00Z'), BERLIN)).toStrictEqual({ day: '2026-07-02', minute: 90 });
    expect(zonedText(utc('2026-07-01T07:00:00Z'), BERLIN)).toBe('2026-07-01T09:00:00+02:00');
    expect(zonedText(utc('2026-01-05T14:00:00Z'), 'America/New_York')).toBe('2026-01-05T09:00:00-05:00');
    expect(zonedText(utc('2026-01-05T14:00:00Z'), 'Asia/Kathmandu')).toBe('2026-01-05T19:45:00+05:45');
  });

  it('at a clock change, a skipped time moves later, and a repeated time is its first occurrence', () => {
    // 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00.
    expect(instantOf({ day: '2026-03-29', minute: 90 }, BERLIN)).toBe(utc('2026-03-29T00:30:00Z'));
    expect(instantOf({ day: '2026-03-29', minute: 150 }, BERLIN)).toBe(utc('2026-03-29T01:30:00Z'));
    expect(wallOf(instantOf({ day: '2026-03-29', minute: 150 }, BERLIN), BERLIN)).toStrictEqual({
      day: '2026-03-29',
      minute: 210,
    });
    expect(instantOf({ day: '2026-03-29', minute: 9 * 60 }, BERLIN)).toBe(utc('2026-03-29T07:00:00Z'));
    expect(instantOf({ day: '2026-10-25', minute: 150 }, BERLIN)).toBe(utc('2026-10-25T00:30:00Z'));
    expect(zonedText(utc('2026-10-25T00:30:00Z'), BERLIN)).toBe('2026-10-25T02:30:00+02:00');
    expect(zonedText(utc('2026-10-25T01:30:00Z'), BERLIN)).toBe('2026-10-25T02:30:00+01:00');
    expect(instantOf({ day: '2026-10-25', minute: 9 * 60 }, BERLIN)).toBe(utc('2026-10-25T08:00:00Z'));
  });

  it('a time is read as fields and FHIR write it', () => {
    expect(['09:30', '09:30:00', '24:00', '24:30', '9:30', '25:00', ''].map(minuteOf)).toStrictEqual([
      570,
      570,
      1440,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  const times = (change = {}): any => ({
    zone: BERLIN,
    hours: [{ weekday: 0, from: 540, to: 630 }],
    off: [],
    slotMinutes: 30,
    changeHours: 24,
    ...change,
  });

  it('a Schedule says its times and takes them again, and keeps what else it says', () => {
    const all = times({
      hours: [
        { weekday: 0, from: 540, to: 630 },
        { weekday: 6, from: 0, to: 60 },
      ],
      off: [{ from: '2026-12-24', to: '2026-12-31' }],
      slotMinutes: 20,
      changeHours: 0,
    });
    const schedule = withTimes(
      {
        resourceType: 'Schedule',
        id: 'a',
        extension: [
          { url: 'http://example.org', valueCode: 'x' },
          { url: 'urn:reprise:zone', valueCode: 'UTC' },
        ],
      } as any,
      all,
    );
    expect(timesIn(schedule, 'UTC')).toStrictEqual(all);
    expect(schedule.extension.filter(({ url }) => url === 'urn:reprise:zone').length).toBe(1);
    expect(schedule.extension[0].url).toBe('http://example.org');
    // What cannot be is as if it were not there.
    const wrong: any = {
      resourceType: 'Schedule',
      extension: [
        { url: 'urn:reprise:zone', valueCode: 'Moon/Sea' },
        { url: 'urn:reprise:slot-minutes', valuePositiveInt: 7 },
        {
          url: 'urn:reprise:hours',
          extension: [
            { url: 'day', valueCode: 'mon' },
            { url: 'from', valueTime: '12:00:00' },
            { url: 'to', valueTime: '09:00:00' },
          ],
        },
      ],
    };
    expect(timesIn(wrong, 'UTC')).toStrictEqual({ zone: 'UTC', hours: [], off: [], slotMinutes: 30, changeHours: 24 });
    expect(timesIn(undefined, 'UTC').hours).toStrictEqual([]);
  });

  it('Slots follow from the hours: not in the past, not on days off, and by the clock across its change', () => {
    // A Friday; the next Mondays are on both sides of the change of 2026-03-29.
    const now = utc('2026-03-20T12:00:00Z');
    const starts = (change?, days = 14) =>
      slotTimes(times(change), now, days).map(({ start }) => new Date(start).toISOString());
    expect(starts()).toStrictEqual([
      '2026-03-23T08:00:00.000Z',
      '2026-03-23T08:30:00.000Z',
      '2026-03-23T09:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
      '2026-03-30T07:30:00.000Z',
      '2026-03-30T08:00:00.000Z',
    ]);
    expect(starts({ off: [{ from: '2026-03-22', to: '2026-03-23' }] }).length).toBe(3);
    // A rest that is shorter than a step is none.
    expect(starts({ slotMinutes: 60 }).length).toBe(2);
    // From 01:00 to 04:00 in the night of the change there is no 02:00.
    const night = slotTimes(times({ hours: [{ weekday: 6, from: 60, to: 240 }], slotMinutes: 60 }), now, 14);
    expect(
      night
        .filter(({ start }) => start > utc('2026-03-28T12:00:00Z'))
        .map(({ start, end }) => [new Date(start).toISOString().slice(11, 16), (end - start) / 60_000]),
    ).toStrictEqual([
      ['00:00', 60],
      ['01:00', 60],
    ]);
    const today = slotTimes(times({ hours: [{ weekday: 4, from: 12 * 60, to: 15 * 60 }] }), now, 1);
    expect(today.map(({ start }) => new Date(start).toISOString().slice(11, 16))).toStrictEqual([
      '12:30',
      '13:00',
      '13:30',
    ]);
  });

  const slot = (id, start, end, status = 'free'): any => ({ resourceType: 'Slot', id, status, start, end });

  it('what changes of Slots: the missing are made, those not wanted are no longer free, the busy stay', () => {
    const wanted = [
      { start: utc('2026-03-23T08:00:00Z'), end: utc('2026-03-23T08:30:00Z') },
      { start: utc('2026-03-23T08:30:00Z'), end: utc('2026-03-23T09:00:00Z') },
      { start: utc('2026-03-23T09:00:00Z'), end: utc('2026-03-23T09:30:00Z') },
    ];
    const there = [
      slot('kept', '2026-03-23T09:00:00+01:00', '2026-03-23T09:30:00+01:00'),
      slot('back', '2026-03-23T08:30:00Z', '2026-03-23T09:00:00Z', 'busy-unavailable'),
      slot('old', '2026-03-23T12:00:00Z', '2026-03-23T12:30:00Z'),
      slot('taken', '2026-03-23T13:00:00Z', '2026-03-23T13:30:00Z', 'busy'),
    ];
    const { make, change } = slotChanges(wanted, there);
    expect(make).toStrictEqual([wanted[2]]);
    expect(change.map(({ id, status }) => [id, status])).toStrictEqual([
      ['back', 'free'],
      ['old', 'busy-unavailable'],
    ]);
    expect(
      slotChanges(
        wanted,
        wanted.map(({ start, end }, i) => slot(`${i}`, new Date(start).toISOString(), new Date(end).toISOString())),
      ),
    ).toStrictEqual({ make: [], change: [] });
  });

  it('free times: so many Slots that follow on each other as the length needs', () => {
    const slots = [
      slot('a', '2026-03-23T08:00:00Z', '2026-03-23T08:30:00Z'),
      slot('b', '2026-03-23T08:30:00Z', '2026-03-23T09:00:00Z'),
      slot('c', '2026-03-23T09:00:00Z', '2026-03-23T09:30:00Z', 'busy'),
      slot('d', '2026-03-23T09:30:00Z', '2026-03-23T10:00:00Z'),
    ];
    const now = utc('2026-03-23T07:00:00Z');
    expect(openingsIn(slots, 30, now).map((one) => one.slots)).toStrictEqual([['a'], ['b'], ['d']]);
    expect(openingsIn(slots, 45, now).map((one) => [one.slots, one.end])).toStrictEqual([
      [['a', 'b'], utc('2026-03-23T08:45:00Z')],
    ]);
    expect(openingsIn(slots, 60, now).map((one) => one.slots)).toStrictEqual([['a', 'b']]);
    expect(openingsIn(slots, 90, now)).toStrictEqual([]);
    expect(openingsIn(slots, 30, utc('2026-03-23T08:10:00Z')).map((one) => one.slots)).toStrictEqual([['b'], ['d']]);
  });

  it('an appointment as other programs understand it', () => {
    const one = booked(
      { patient: 'p', practitioner: 'kim', kind: 'video', minutes: 45, comment: ' bring shoes ' },
      utc('2026-07-01T07:00:00Z'),
      BERLIN,
    );
    expect([one.status, one.start, one.end, one.minutesDuration, one.comment]).toStrictEqual([
      'booked',
      '2026-07-01T09:00:00+02:00',
      '2026-07-01T09:45:00+02:00',
      45,
      'bring shoes',
    ]);
    expect([kindOf(one), personIn(one, 'Patient'), personIn(one, 'Practitioner'), takesTime(one)]).toStrictEqual([
      'video',
      'p',
      'kim',
      true,
    ]);
    const asked = invitation({ patient: 'p', practitioner: 'kim', kind: 'in-person', minutes: 30 });
    expect([asked.status, asked.start, takesTime(asked), asked.participant.map(({ status }) => status)]).toStrictEqual([
      'proposed',
      undefined,
      false,
      ['needs-action', 'accepted'],
    ]);
  });

  it('what comes is booked and not over, the next first', () => {
    const at = (id, start, end, status = 'booked'): any => ({ resourceType: 'Appointment', id, status, start, end });
    const all = [
      at('later', '2026-07-02T09:00:00Z', '2026-07-02T10:00:00Z'),
      at('over', '2026-07-01T07:00:00Z', '2026-07-01T07:30:00Z'),
      at('now', '2026-07-01T07:30:00Z', '2026-07-01T08:30:00Z'),
      at('off', '2026-07-01T09:00:00Z', '2026-07-01T10:00:00Z', 'cancelled'),
      at('zone', '2026-07-01T23:00:00-07:00', '2026-07-01T23:30:00-07:00'),
    ];
    expect(comingIn(all, utc('2026-07-01T08:00:00Z')).map(({ id }) => id)).toStrictEqual(['now', 'zone', 'later']);
  });

  it("in a chart's timeline past appointments are visits, those that were missed too, and none twice", () => {
    const one = (id, status): any => ({
      resourceType: 'Appointment',
      id,
      status,
      start: '2026-07-01T09:00:00+02:00',
      end: '2026-07-01T09:30:00+02:00',
      appointmentType: { coding: [{ system: 'urn:reprise:visit', code: 'video' }] },
    });
    const appointments = [
      one('done', 'fulfilled'),
      one('missed', 'noshow'),
      one('off', 'cancelled'),
      one('asked', 'proposed'),
      one('told', 'fulfilled'),
    ];
    const encounters = [
      {
        id: 'e',
        status: 'finished',
        period: { start: '2026-07-01T07:00:00Z' },
        appointment: [{ reference: 'Appointment/told' }],
      },
    ];
    const all = timelineEventsOf({
      encounters,
      appointments,
      responses: [],
      notes: [],
      flags: [],
      messages: [],
    } as any);
    expect(all.map(({ kind, visit }) => [kind, visit?.kind, visit?.missed])).toStrictEqual([
      ['visit', undefined, undefined],
      ['visit', 'video', false],
      ['visit', 'video', true],
    ]);
    expect(all.every(({ at }) => at === utc('2026-07-01T07:00:00Z'))).toBe(true);
  });
});
