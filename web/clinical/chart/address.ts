// SPDX-License-Identifier: Apache-2.0
// Addresses of a chart: /patient?id=17&tab=sessions. The address is the only state: "back", a reload and a link agree.
import { go } from '../../hooks/route.ts';
import { addressWith, isoDay, oneOfOr, resourceId, searchParser } from '../../hooks/search_params.ts';
import { DAY_MS } from '../../fhir/durations.ts';

export const TABS = ['overview', 'goals', 'sessions', 'assess', 'notes', 'orders', 'messages', 'report'] as const;
export type Tab = (typeof TABS)[number];
export const RANGES = ['2w', '3m', '1y', 'all'] as const;
export type RangeName = (typeof RANGES)[number];

export interface Place {
  id: string;
  tab: Tab;
  range: RangeName;
  /** YYYY-MM-DD, under review. */
  day?: string | undefined;
  /** Id of a Procedure, under review. */
  set?: string | undefined;
  /** Beside it: the id of another Procedure, or `reference`. */
  beside?: string | undefined;
  /** Id of a Composition, under the tab of notes. */
  note?: string | undefined;
}

const parse = searchParser<Omit<Place, 'id'> & { id: string | undefined }>({
  id: resourceId,
  tab: oneOfOr(TABS, 'overview'),
  range: oneOfOr(RANGES, '3m'),
  day: isoDay,
  set: resourceId,
  beside: resourceId,
  note: resourceId,
});

/** Returns the place in a chart; undefined if the address names no patient. */
export function placeIn(search: string): Place | undefined {
  const { id, ...others } = parse(search);
  return id === undefined ? undefined : { id, ...others };
}

/** Returns the address of a place; usual values are left out. */
export const addressOf = ({ id, tab, range, day, set, beside, note }: Place) =>
  addressWith('/patient', {
    id,
    tab: tab === 'overview' ? undefined : tab,
    range: range === '3m' ? undefined : range,
    day,
    set,
    beside,
    note: tab === 'notes' ? note : undefined,
  });

/** Returns the address of a patient's chart. */
export const addressOfChart = (id: string, tab: Tab = 'overview') => addressOf({ id, tab, range: '3m' });

export const goTo = (place: Place, how?: { replace?: boolean }) => go(addressOf(place), how);

const LENGTH_DAYS: Record<Exclude<RangeName, 'all'>, number> = { '2w': 14, '3m': 91, '1y': 365 };

/** Returns the start of a range, in milliseconds; undefined: from the beginning. */
export const rangeStart = (range: RangeName, now: number) =>
  range === 'all' ? undefined : now - LENGTH_DAYS[range] * DAY_MS;
