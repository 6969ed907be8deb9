// SPDX-License-Identifier: Apache-2.0
// Addresses of a session: /session goes on, /session?exercise=2 begins at that exercise, counted from 0.
import { searchParser } from '../../hooks/search_params.ts';

export interface Place {
  exercise: number | undefined;
}

export const placeIn = searchParser<Place>({
  exercise: (text) => (text !== null && /^\d{1,4}$/.test(text) ? Number(text) : undefined),
});
