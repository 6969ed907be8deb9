// What the calendar's address says: /calendar?view=week&day=2026-03-16&of=PRACTITIONER.
import { go } from '../../hooks/route.ts';
import { dayAfter, mondayOf } from '../../fhir/wall_time.ts';

export type View = 'day' | 'week';
/** `day`: nothing is today; `of`: nothing is the reader. */
export interface Place {
  view: View;
  day: string | undefined;
  of: string | undefined;
}

/** A week fits a desk's screen. */
const usualView = (): View => (window.matchMedia('(min-width: 64rem)').matches ? 'week' : 'day');

export function placeIn(search: string): Place {
  const said = new URLSearchParams(search);
  const view = said.get('view');
  const day = said.get('day');
  return {
    view: view === 'day' || view === 'week' ? view : usualView(),
    day: day !== null && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined,
    of: said.get('of') ?? undefined,
  };
}

export function goTo({ view, day, of }: Place) {
  const said = new URLSearchParams({ view, ...(day && { day }), ...(of && { of }) });
  go(`/calendar?${said.toString()}`, { replace: true });
}

/** The days that are shown around one. */
export const daysShown = (view: View, day: string): string[] =>
  view === 'day' ? [day] : Array.from({ length: 7 }, (_, i) => dayAfter(mondayOf(day), i));
