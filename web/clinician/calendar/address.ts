// SPDX-License-Identifier: Apache-2.0
// Addresses of the calendar: /calendar?view=week&day=2026-03-16&of=PRACTITIONER.
import { go } from '../../hooks/route.ts';
import { addressWith, anyText, isoDay, searchParser } from '../../hooks/search_params.ts';

export const VIEWS = ['day', 'week'] as const;
export type View = (typeof VIEWS)[number];
/** `day` undefined: today; `of` undefined: the reader's own calendar. */
export interface Place {
  view: View;
  day: string | undefined;
  of: string | undefined;
}

/** A desk's screen has room for a week. */
const usualView = (): View => (window.matchMedia('(min-width: 64rem)').matches ? 'week' : 'day');

export const placeIn = searchParser<Place>({
  view: (text) => VIEWS.find((one) => one === text) ?? usualView(),
  day: isoDay,
  of: anyText,
});

export const goTo = (place: Place) => go(addressWith('/calendar', { ...place }), { replace: true });
