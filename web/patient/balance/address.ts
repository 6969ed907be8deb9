// SPDX-License-Identifier: Apache-2.0
// The address of a balance programme: /balance?request=ID of the ServiceRequest.
import { addressWith, resourceId, searchParser } from '../../hooks/search_params.ts';

export interface Place {
  request: string | undefined;
}

export const placeIn = searchParser<Place>({ request: resourceId });

export const addressOf = (request: string) => addressWith('/balance', { request });
