// SPDX-License-Identifier: Apache-2.0
// Addresses of remote monitoring: /remote-monitoring, and of one patient /remote-monitoring?patient=17.
import { addressWith, resourceId, searchParser } from '../../hooks/search_params.ts';

export interface Place {
  patient: string | undefined;
}

export const placeIn = searchParser<Place>({ patient: resourceId });

export const addressOf = (patient: string) => addressWith('/remote-monitoring', { patient });
