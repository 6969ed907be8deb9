// SPDX-License-Identifier: Apache-2.0
// Small pictures of the catalog's exercises, a file each: a page loads those of its programme. Written, as
// exercise_pictures.json, by tests/web/exercise_pictures.mjs --lists.
import versions from './exercise_pictures.json';

const FILES = import.meta.glob<string>('./exercise_pictures/*.webp', { eager: true, query: '?url', import: 'default' });

/** The address of the picture of this version of an exercise; undefined: there is none. */
export function pictureFile(id: string, version: unknown): string | undefined {
  return (versions as Record<string, number>)[id] === version ? FILES[`./exercise_pictures/${id}.webp`] : undefined;
}
