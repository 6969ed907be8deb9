// SPDX-License-Identifier: Apache-2.0
// Addresses of booking, as links of the clinic have them: /book?with=17&kind=video&minutes=30.
import { VISIT_KINDS, type VisitKind } from '../../fhir/visit_kinds.ts';
import { anyText, oneOf, searchParser } from '../../hooks/search_params.ts';

export interface Place {
  with: string | undefined;
  kind: VisitKind | undefined;
  minutes: number | undefined;
}

const SHORTEST = 5;
const LONGEST = 120;

export const placeIn = searchParser<Place>({
  with: anyText,
  kind: oneOf(VISIT_KINDS),
  minutes: (text) => {
    const minutes = Number(text);
    return Number.isInteger(minutes) && minutes >= SHORTEST && minutes <= LONGEST ? minutes : undefined;
  },
});
