// SPDX-License-Identifier: Apache-2.0
// A clinic's own films of exercises: Libraries of the record (docs/reference/programme.md). Pure.
import type { Library } from 'fhir/r4';
import { codeOf } from './results.ts';
import type { Stored } from './resources.ts';

export const FILM_SIDES = ['left', 'right', 'both'] as const;
export type FilmSide = (typeof FILM_SIDES)[number];

const EXERCISE = 'urn:reprise:exercise:';
const FILM = 'urn:reprise:exercise-film:';
const LIBRARY = 'urn:reprise:library';
const CODE = 'exercise-film';
const LEAVE = 'urn:reprise:film-leave';
const SECONDS = 'urn:reprise:film-seconds';
const SIDE = 'urn:reprise:film-side';

/** Of the server (server/films/exercise_film.h). */
export const MOST_FILM_BYTES = 12_000_000;
export const MOST_FILM_SECONDS = 90;

/** A film of the clinic. */
export interface ExerciseFilm {
  library: Stored<Library>;
  /** The exercise's id. */
  exercise: string;
  /** Addresses of the server that never show anything else. */
  address: string;
  poster: string;
  contentType: string;
  seconds: number;
  bytes: number;
  /** The side that works in it; undefined: the exercise has none. */
  side: FilmSide | undefined;
  /** Of its speech; undefined: it has no sound. */
  language: string | undefined;
  /** Whether patients see it; false: it was removed, and can be put back. */
  shown: boolean;
}

const ID = /^Binary\/([A-Za-z0-9.-]{1,64})$/;

function filmIn(library: Stored<Library>): ExerciseFilm[] {
  const [film, poster] = library.content ?? [];
  const [filmId, posterId] = [film, poster].map((one) => ID.exec(one?.url ?? '')?.[1]);
  const isFilm = codeOf(library.type, LIBRARY) === CODE && library.url?.startsWith(FILM);
  if (!isFilm || !filmId || !posterId || !film?.contentType) return [];
  const side = library.extension?.find(({ url }) => url === SIDE)?.valueCode;
  return [
    {
      library,
      exercise: library.url?.slice(FILM.length) ?? '',
      address: `/exercise-films/${library.id}/${filmId}`,
      poster: `/exercise-films/${library.id}/${posterId}`,
      contentType: film.contentType,
      seconds: film.extension?.find(({ url }) => url === SECONDS)?.valueDecimal ?? 0,
      bytes: film.size ?? 0,
      side: FILM_SIDES.find((one) => one === side),
      language: film.language,
      shown: library.status === 'active',
    },
  ];
}

export const filmsIn = (libraries: readonly Stored<Library>[]) => libraries.flatMap(filmIn);

/** A search for all films; with removed ones, which clinicians put back. */
export const filmsOf = (removed: boolean) =>
  `Library?type=${LIBRARY}%7C${CODE}${removed ? '' : '&status=active'}&_count=1000`;

/** What a film's resource says; `leave`: the person in it has agreed. */
export interface NewFilm {
  exercise: string;
  /** In the clinician's language, for other programs. */
  title: string;
  film: { id: string; contentType: string; bytes: number };
  poster: { id: string; bytes: number };
  seconds: number;
  side: FilmSide | undefined;
  language: string | undefined;
  leave: true;
  /** A FHIR dateTime. */
  creation: string;
}

/** `before`: the exercise's film that it replaces; its versions stay in the record. */
export function filmLibrary(
  { exercise, title, film, poster, seconds, side, language, leave, creation }: NewFilm,
  before?: Stored<Library>,
): Library {
  return {
    resourceType: 'Library',
    ...(before && { id: before.id, ...(before.meta && { meta: before.meta }) }),
    extension: [{ url: LEAVE, valueBoolean: leave }, ...(side === undefined ? [] : [{ url: SIDE, valueCode: side }])],
    url: `${FILM}${exercise}`,
    title,
    status: 'active',
    type: { coding: [{ system: LIBRARY, code: CODE }] },
    relatedArtifact: [{ type: 'depends-on', resource: `${EXERCISE}${exercise}` }],
    content: [
      {
        extension: [{ url: SECONDS, valueDecimal: Math.round(seconds * 10) / 10 }],
        contentType: film.contentType,
        ...(language !== undefined && { language }),
        url: `Binary/${film.id}`,
        size: film.bytes,
        creation,
      },
      { contentType: 'image/jpeg', url: `Binary/${poster.id}`, size: poster.bytes, creation },
    ],
  };
}

/**
 * The films of these exercises that a device may keep, in their order, up to a number of bytes. A film that has no room
 * leaves it to smaller ones.
 */
export function keptFilms(films: readonly ExerciseFilm[], exercises: readonly string[], mostBytes: number): string[] {
  let left = mostBytes;
  return [...new Set(exercises)].flatMap((exercise) => {
    const film = films.find((one) => one.exercise === exercise && one.shown);
    if (!film || film.bytes > left) return [];
    left -= film.bytes;
    return [film.poster, film.address];
  });
}
