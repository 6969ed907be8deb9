// SPDX-License-Identifier: Apache-2.0
// How a calendar says days and times: by the clock of the clinic.
import { useMemo } from 'react';
import { useLanguage } from '../../translations/language.tsx';
import { dayAfter, weekNumber } from '../../fhir/wall_time.ts';

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

export function useTimeWords(zone: string) {
  const { locale, t } = useLanguage();
  return useMemo(() => {
    const days = new Intl.DateTimeFormat(locale, {
      timeZone: 'UTC',
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });
    const short = new Intl.DateTimeFormat(locale, {
      timeZone: 'UTC',
      weekday: 'short',
      day: 'numeric',
      month: 'numeric',
    });
    const span = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
    const weekdays = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'long' });
    const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' });
    const hours = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' });
    const moments = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: 'numeric',
      minute: '2-digit',
    });
    return {
      day: (day: string) => days.format(noon(day)),
      short: (day: string) => short.format(noon(day)),
      weekday: (index: number) => weekdays.format(noon(dayAfter('2024-01-01', index))),
      week: (monday: string) =>
        t('cal.week', { number: weekNumber(monday), days: span.formatRange(noon(monday), noon(dayAfter(monday, 6))) }),
      clock: (ms: number) => clock.format(new Date(ms)),
      range: ({ start, end }: { start: number; end: number }) => clock.formatRange(new Date(start), new Date(end)),
      /** A whole hour of the clock. */
      hour: (hour: number) => hours.format(new Date(Date.UTC(2024, 0, 1, hour))),
      moment: (ms: number) => moments.format(new Date(ms)),
    };
  }, [locale, t, zone]);
}
export type TimeWords = ReturnType<typeof useTimeWords>;
