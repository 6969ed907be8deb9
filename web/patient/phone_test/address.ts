// SPDX-License-Identifier: Apache-2.0
// The address of a test with the phone: /phone-test?request=ID of the ServiceRequest.
import { addressWith, resourceId, searchParser } from '../../hooks/search_params.ts';

export interface Place {
  request: string | undefined;
}

export const placeIn = searchParser<Place>({ request: resourceId });

export const addressOf = (request: string) => addressWith('/phone-test', { request });
