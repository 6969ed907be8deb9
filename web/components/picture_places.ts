// SPDX-License-Identifier: Apache-2.0
import { columns, versions } from './exercise_pictures.json';

const PLACES = new Map(Object.keys(versions).map((id, i) => [id, i]));
export const COLUMNS = columns;
export const ROWS = Math.ceil(PLACES.size / columns);

/** Where the sheet holds a picture of this version of an exercise, in cells; undefined: it has none. */
export function placeOnSheet(id: string, version: unknown): { column: number; row: number } | undefined {
  const place = PLACES.get(id);
  if (place === undefined || (versions as Record<string, number>)[id] !== version) return undefined;
  return { column: place % columns, row: Math.floor(place / columns) };
}
