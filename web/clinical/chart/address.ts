// What of a chart is shown. The address is the only state, so that "back", a reload and a link lead to the same.
import { go } from '../../hooks/route.ts';

export const TABS = ['overview', 'goals', 'sessions', 'notes', 'orders', 'messages', 'report'] as const;
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

const ID = /^[A-Za-z0-9.-]{1,64}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const oneOf = <T extends string>(all: readonly T[], text: string | null, otherwise: T): T =>
  all.find((one) => one === text) ?? otherwise;
const fitting = (pattern: RegExp, text: string | null) => (text !== null && pattern.test(text) ? text : undefined);

/** Nothing where no patient is named. What cannot be read counts as not said. */
export function placeIn(search: string): Place | undefined {
  const said = new URLSearchParams(search);
  const id = fitting(ID, said.get('id'));
  if (!id) return undefined;
  return {
    id,
    tab: oneOf(TABS, said.get('tab'), 'overview'),
    range: oneOf(RANGES, said.get('range'), '3m'),
    day: fitting(DAY, said.get('day')),
    set: fitting(ID, said.get('set')),
    beside: fitting(ID, said.get('beside')),
    note: fitting(ID, said.get('note')),
  };
}

export function addressOf({ id, tab, range, day, set, beside, note }: Place): string {
  const said = new URLSearchParams({ id });
  if (tab !== 'overview') said.set('tab', tab);
  if (range !== '3m') said.set('range', range);
  for (const [name, value] of Object.entries({ day, set, beside, note: tab === 'notes' ? note : undefined }))
    if (value) said.set(name, value);
  return `/patient?${said.toString()}`;
}

export const goTo = (place: Place, how?: { replace?: boolean }) => go(addressOf(place), how);

const DAY_MS = 24 * 3600_000;
const LENGTH_DAYS: Record<Exclude<RangeName, 'all'>, number> = { '2w': 14, '3m': 91, '1y': 365 };

/** From when it is shown, in milliseconds; nothing: from the beginning. */
export const rangeStart = (range: RangeName, now: number) =>
  range === 'all' ? undefined : now - LENGTH_DAYS[range] * DAY_MS;
