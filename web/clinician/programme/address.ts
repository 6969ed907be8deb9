// SPDX-License-Identifier: Apache-2.0
// Addresses of the programme builder: /programme?patient=17&template=knee.
import { anyText, resourceId, searchParser } from '../../hooks/search_params.ts';

export interface Place {
  patient: string | undefined;
  template: string | undefined;
}

export const placeIn = searchParser<Place>({ patient: resourceId, template: anyText });
