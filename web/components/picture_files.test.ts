// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pictureFile } from './picture_files.ts';

const folder = fileURLToPath(new URL('../../catalog/exercises/', import.meta.url));
const files = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(folder + name, 'utf8')) as { id: string; version: number },
);

describe('pictureFile', () => {
  it('gives each exercise of the catalog a picture of its own; draw them again where it fails', () => {
    const pictures = files.map(({ id, version }) => pictureFile(id, version));
    expect(pictures).not.toContain(undefined);
    expect(new Set(pictures).size).toBe(files.length);
  });

  it('has none of another version, or of a clinic’s own exercise', () => {
    expect(pictureFile('squat', 99)).toBeUndefined();
    expect(pictureFile('of_the_clinic', 1)).toBeUndefined();
  });
});
