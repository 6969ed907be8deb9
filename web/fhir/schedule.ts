// SPDX-License-Identifier: Apache-2.0
// When a clinician works, as a FHIR Schedule, and the Slots that follow from it: docs/clinician/calendar.md. Pure.
import type { Extension, Schedule, Slot } from 'fhir/r4';
import { clockText, dayAfter, instantOf, isZone, minuteOf, wallOf, weekdayOf, type Wall } from './wall_time.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const SLOT_MINUTES = [15, 20, 30, 45, 60] as const;
/** Hours before an appointment until which patients change it; the server has the same (unsourced default). */
export const CHANGE_HOURS = 24;
/** How far ahead Slots are made (unsourced default). */
export const DAYS_AHEAD = 42;

/** From and to are minutes after midnight. */
export interface Hours {
  weekday: number;
  from: number;
  to: number;
}
/** First and last day. */
export interface DaysOff {
  from: string;
  to: string;
}
export interface Times {
  zone: string;
  hours: readonly Hours[];
  off: readonly DaysOff[];
  slotMinutes: number;
  changeHours: number;
}

const OURS = 'urn:reprise:';
const isOurs = ({ url }: Extension) =>
  ['hours', 'zone', 'slot-minutes', 'change-hours', 'day-off'].some((name) => url === OURS + name);

/** Returns the times of a Schedule. A missing or invalid part has its usual value. */
export function timesIn(schedule: Schedule | undefined, usualZone: string): Times {
  const all = (name: string) => (schedule?.extension ?? []).filter(({ url }) => url === OURS + name);
  const zone = all('zone')[0]?.valueCode;
  const hours = all('hours').flatMap(({ extension = [] }) => {
    const part = (name: string) => extension.find(({ url }) => url === name);
    const weekday = WEEKDAYS.findIndex((name) => name === part('day')?.valueCode);
    const [from, to] = [minuteOf(part('from')?.valueTime ?? ''), minuteOf(part('to')?.valueTime ?? '')];
    return weekday >= 0 && from !== undefined && to !== undefined && from < to ? [{ weekday, from, to }] : [];
  });
  const off = all('day-off').flatMap(({ valuePeriod: period }) =>
    period?.start && period.end ? [{ from: period.start.slice(0, 10), to: period.end.slice(0, 10) }] : [],
  );
  return {
    zone: zone !== undefined && isZone(zone) ? zone : usualZone,
    hours,
    off,
    slotMinutes: SLOT_MINUTES.find((one) => one === all('slot-minutes')[0]?.valuePositiveInt) ?? 30,
    changeHours: all('change-hours')[0]?.valueUnsignedInt ?? CHANGE_HOURS,
  };
}

const time = (minute: number) => `${clockText(Math.min(minute, 24 * 60 - 1))}:00`;

/** The Schedule with these times; whatever else it says stays. */
export function withTimes(schedule: Schedule, { zone, hours, off, slotMinutes, changeHours }: Times): Schedule {
  return {
    ...schedule,
    extension: [
      ...(schedule.extension ?? []).filter((one) => !isOurs(one)),
      { url: `${OURS}zone`, valueCode: zone },
      { url: `${OURS}slot-minutes`, valuePositiveInt: slotMinutes },
      { url: `${OURS}change-hours`, valueUnsignedInt: changeHours },
      ...hours.map(({ weekday, from, to }) => ({
        url: `${OURS}hours`,
        extension: [
          { url: 'day', valueCode: WEEKDAYS[weekday] ?? 'mon' },
          { url: 'from', valueTime: time(from) },
          { url: 'to', valueTime: time(to) },
        ],
      })),
      ...off.map(({ from, to }) => ({ url: `${OURS}day-off`, valuePeriod: { start: from, end: to } })),
    ],
  };
}

export const isOff = (day: string, { off }: Pick<Times, 'off'>) => off.some(({ from, to }) => from <= day && day <= to);

export interface Stretch {
  start: number;
  end: number;
}

/** The stretches that can be booked from `now` on. A time that the clock skips is none. */
export function slotTimes(times: Times, now: number, days = DAYS_AHEAD): Stretch[] {
  const { zone, hours, slotMinutes } = times;
  const first = wallOf(now, zone).day;
  return Array.from({ length: days }, (_, i) => dayAfter(first, i))
    .filter((day) => !isOff(day, times))
    .flatMap((day) =>
      hours
        .filter(({ weekday }) => weekday === weekdayOf(day))
        .flatMap(({ from, to }) =>
          Array.from({ length: Math.floor((to - from) / slotMinutes) }, (_, i) => from + i * slotMinutes).flatMap(
            (minute) => {
              const start = instantOf({ day, minute }, zone);
              return start > now && wallOf(start, zone).minute === minute
                ? [{ start, end: start + slotMinutes * 60_000 }]
                : [];
            },
          ),
        ),
    );
}

export interface SlotChanges {
  make: Stretch[];
  change: Slot[];
}

/**
 * Returns the changes that make the existing Slots match the wanted times. The server sets booked Slots to busy. A free
 * Slot no longer wanted becomes `busy-unavailable`; it is kept, because appointments refer to it.
 */
export function slotChanges(wanted: readonly Stretch[], there: readonly Slot[]): SlotChanges {
  const key = (start: number, end: number) => `${start} ${end}`;
  const byTime = new Map(there.map((slot) => [key(Date.parse(slot.start ?? ''), Date.parse(slot.end ?? '')), slot]));
  const want = new Set(wanted.map(({ start, end }) => key(start, end)));
  return {
    make: wanted.filter(({ start, end }) => !byTime.has(key(start, end))),
    change: [...byTime].flatMap(([at, slot]): Slot[] => {
      if (want.has(at)) return slot.status === 'busy-unavailable' ? [{ ...slot, status: 'free' }] : [];
      return slot.status === 'free' ? [{ ...slot, status: 'busy-unavailable' }] : [];
    }),
  };
}

export interface Opening extends Stretch {
  slots: string[];
}

/** Beginnings of so many minutes of free Slots that follow on each other. */
export function openingsIn(slots: readonly Slot[], minutes: number, now: number): Opening[] {
  const free = slots
    .filter(({ status }) => status === 'free')
    .map((slot) => ({ id: slot.id ?? '', start: Date.parse(slot.start ?? ''), end: Date.parse(slot.end ?? '') }))
    .filter(({ start, end }) => start > now && end > start)
    .sort((a, b) => a.start - b.start);
  return free.flatMap(({ start }, first) => {
    const end = start + minutes * 60_000;
    const taken: string[] = [];
    let reached = start;
    for (const slot of free.slice(first)) {
      if (reached >= end || slot.start !== reached) break;
      taken.push(slot.id);
      reached = slot.end;
    }
    return reached >= end ? [{ start, end, slots: taken }] : [];
  });
}

/** The working hours of a clinician who has set none: weekdays, from nine to five. */
export const USUAL_HOURS: readonly Hours[] = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, from: 9 * 60, to: 17 * 60 }));
const LOOKED_AT = 60;

/**
 * What a new appointment proposes: the first working hour of `day` or of the first working day after it, and never what
 * has passed.
 */
export function firstOpen({ hours, off }: Pick<Times, 'hours' | 'off'>, day: string, now: Wall): Wall {
  const open = hours.length > 0 ? hours : USUAL_HOURS;
  const first = day < now.day ? now.day : day;
  for (let i = 0; i < LOOKED_AT; ++i) {
    const on = dayAfter(first, i);
    if (isOff(on, { off })) continue;
    const earliest = on === now.day ? (Math.floor(now.minute / 60) + 1) * 60 : 0;
    const starts = open
      .filter(({ weekday, to }) => weekday === weekdayOf(on) && earliest < to)
      .map(({ from }) => Math.max(from, earliest));
    if (starts.length > 0) return { day: on, minute: Math.min(...starts) };
  }
  return { day: first, minute: 9 * 60 };
}
