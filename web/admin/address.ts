// SPDX-License-Identifier: Apache-2.0
// Addresses of an administrator's pages: /administration?tab=log&patient=17, /people?state=invited.
import { addressWith, oneOf, oneOfOr, resourceId, searchParser } from '../hooks/search_params.ts';

export const TABS = ['overview', 'patients', 'erasure', 'consents', 'log', 'backups', 'settings'] as const;
export type Tab = (typeof TABS)[number];

export interface Place {
  tab: Tab;
  patient: string | undefined;
}

export const placeIn = searchParser<Place>({ tab: oneOfOr(TABS, 'overview'), patient: resourceId });

export const addressOf = (tab: Tab, patient?: string) => addressWith('/administration', { tab, patient });

/** The states that the server's list of accounts filters by. */
export const ACCOUNT_STATES = ['no-second-factor', 'invited', 'not-invited', 'disabled'] as const;

export interface PeoplePlace {
  state: (typeof ACCOUNT_STATES)[number] | undefined;
}

export const peoplePlaceIn = searchParser<PeoplePlace>({ state: oneOf(ACCOUNT_STATES) });

export const addressOfPeople = (state: (typeof ACCOUNT_STATES)[number]) => addressWith('/people', { state });
