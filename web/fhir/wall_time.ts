// SPDX-License-Identifier: Apache-2.0
// Clock and calendar of a place: appointments are instants, and people say them by the clinic's clock. Pure.
import { Temporal } from 'temporal-polyfill';

/** A day as YYYY-MM-DD, and minutes after its midnight as the clock shows them. */
export interface Wall {
  day: string;
  minute: number;
}

const zoned = (ms: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(Math.trunc(ms)).toZonedDateTimeISO(zone);

export const zoneHere = () => Temporal.Now.timeZoneId();

/** Whether the browser knows a zone of that name. */
export function isZone(name: string): boolean {
  try {
    zoned(0, name);
    return true;
  } catch {
    return false;
  }
}

export function wallOf(ms: number, zone: string): Wall {
  const there = zoned(ms, zone);
  return { day: there.toPlainDate().toString(), minute: there.hour * 60 + there.minute };
}

/** Returns the instant of a clock's reading: the first of one shown twice; of one skipped, as much later as the gap. */
export const instantOf = ({ day, minute }: Wall, zone: string): number =>
  Temporal.PlainDate.from(day)
    .toPlainDateTime()
    .add({ minutes: minute })
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;

/** Returns an instant in the form of FHIR, by the clock of the place. */
export const zonedText = (ms: number, zone: string): string =>
  zoned(ms, zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** A change of the clock: the offset from UTC that begins there. */
export interface ZoneChange {
  from_ms: number;
  offset_minutes: number;
}

const MINUTE_NS = 60e9;

/** Returns the offset at `from`, and its changes until `to`, in milliseconds. */
export function zoneBetween(from: number, to: number, zone = zoneHere()): ZoneChange[] {
  const changes: ZoneChange[] = [];
  let at: Temporal.ZonedDateTime | null = zoned(from, zone);
  for (; at && at.epochMilliseconds <= to; at = at.getTimeZoneTransition('next'))
    changes.push({ from_ms: at.epochMilliseconds, offset_minutes: at.offsetNanoseconds / MINUTE_NS });
  return changes;
}

export const dayAfter = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();

/** 0: Monday. */
export const weekdayOf = (day: string) => Temporal.PlainDate.from(day).dayOfWeek - 1;

/** The Monday of its week (ISO 8601). */
export const mondayOf = (day: string) => dayAfter(day, -weekdayOf(day));

/** ISO 8601: the week with the year's first Thursday is the first. */
export const weekNumber = (day: string) => Temporal.PlainDate.from(day).weekOfYear ?? 0;

export const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Parses "HH:MM", also with seconds; undefined if it is no time. */
export function minuteOf(text: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)(:00)?$/.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && minute <= 24 * 60 ? minute : undefined;
}
