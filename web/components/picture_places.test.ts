// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { placeOnSheet } from './picture_places.ts';

const folder = fileURLToPath(new URL('../../catalog/exercises/', import.meta.url));
const files = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(folder + name, 'utf8')) as { id: string; version: number },
);

describe('placeOnSheet', () => {
  it('gives each exercise of the catalog a place of its own; draw the sheet again where it fails', () => {
    const places = files.map(({ id, version }) => placeOnSheet(id, version));
    expect(places).not.toContain(undefined);
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(files.length);
  });

  it('has no place for another version, or for a clinic’s own exercise', () => {
    expect(placeOnSheet('squat', 99)).toBeUndefined();
    expect(placeOnSheet('of_the_clinic', 1)).toBeUndefined();
  });
});
