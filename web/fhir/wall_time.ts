// Clock and calendar of a place: appointments are instants, and people say them by the clinic's clock. Pure.

/** A day as YYYY-MM-DD, and minutes after its midnight as the clock shows them. */
export interface Wall {
  day: string;
  minute: number;
}

const DAY_MS = 24 * 3600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string) {
  const there = formats.get(zone);
  if (there) return there;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** The clock's reading, as if it were UTC. */
function readingOf(ms: number, zone: string): number {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(ms))
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
}

const offsetAt = (ms: number, zone: string) => readingOf(ms, zone) - Math.floor(ms / 1000) * 1000;

export const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether the browser knows a zone of that name. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

export function wallOf(ms: number, zone: string): Wall {
  const reading = readingOf(ms, zone);
  return { day: new Date(reading).toISOString().slice(0, 10), minute: Math.floor((reading % DAY_MS) / 60_000) };
}

/** Of a reading that the clock shows twice, the first; of one that it skips, as much later as it skips. */
export function instantOf({ day, minute }: Wall, zone: string): number {
  const reading = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  const offsets = [offsetAt(reading - DAY_MS, zone), offsetAt(reading + DAY_MS, zone)];
  const found = offsets.map((offset) => reading - offset).find((ms) => readingOf(ms, zone) === reading);
  return found ?? reading - (offsets[0] ?? 0);
}

/** As FHIR writes it, by the clock of the place. */
export function zonedText(ms: number, zone: string): string {
  const offset = Math.round(offsetAt(ms, zone) / 60_000);
  const two = (number: number) => String(Math.trunc(Math.abs(number))).padStart(2, '0');
  const clock = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  return `${clock}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}

export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** 0: Monday. */
export const weekdayOf = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The Monday of its week (ISO 8601). */
export const mondayOf = (day: string) => dayAfter(day, -weekdayOf(day));

/** ISO 8601: the week with the year's first Thursday is the first. */
export function weekNumber(day: string): number {
  const thursday = dayAfter(mondayOf(day), 3);
  return 1 + Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / (7 * DAY_MS));
}

export const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Of "HH:MM", also with seconds; nothing where it is no time. */
export function minuteOf(text: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)(:00)?$/.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && minute <= 24 * 60 ? minute : undefined;
}
