// SPDX-License-Identifier: Apache-2.0
// The address of an endurance session: /endurance?request=ID of the ServiceRequest.
import { addressWith, resourceId, searchParser } from '../../hooks/search_params.ts';

export interface Place {
  request: string | undefined;
}

export const placeIn = searchParser<Place>({ request: resourceId });

export const addressOf = (request: string) => addressWith('/endurance', { request });
