// SPDX-License-Identifier: Apache-2.0
// Addresses of video visits: /visit?appointment=17.
import { addressWith, resourceId, searchParser } from '../../hooks/search_params.ts';

export interface Place {
  appointment: string | undefined;
}

export const placeIn = searchParser<Place>({ appointment: resourceId });

export const addressOfVisit = (appointment: string) => addressWith('/visit', { appointment });
