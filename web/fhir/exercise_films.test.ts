// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { filmLibrary, filmsIn, keptFilms, type NewFilm } from './exercise_films.ts';

const made: NewFilm = {
  exercise: 'squat',
  title: 'Squat',
  film: { id: 'f', contentType: 'video/mp4', bytes: 600 },
  poster: { id: 'p', bytes: 20 },
  seconds: 12.345,
  side: 'left',
  language: undefined,
  leave: true,
  creation: '2026-11-27T20:00:00Z',
};
const films = (...more: readonly Partial<NewFilm>[]) =>
  filmsIn(more.map((one, i) => ({ ...filmLibrary({ ...made, ...one }), id: `l${i}` })));

describe('a film in the record', () => {
  it('is read as it was written', () => {
    expect(films({ language: 'de' })[0]).toMatchObject({
      exercise: 'squat',
      address: '/exercise-films/l0/f',
      poster: '/exercise-films/l0/p',
      contentType: 'video/mp4',
      seconds: 12.3,
      bytes: 600,
      side: 'left',
      language: 'de',
      shown: true,
    });
  });

  it('has no side and no language where there is none', () => {
    expect(films({ side: undefined })[0]).toMatchObject({ side: undefined, language: undefined });
  });

  it('replaces the one before at its place', () => {
    const before = { ...filmLibrary(made), id: 'l', meta: { versionId: '3' } };
    expect(filmLibrary(made, before)).toMatchObject({ id: 'l', meta: { versionId: '3' }, status: 'active' });
  });

  it('is none where its contents are elsewhere, or it is another library', () => {
    const library = { ...filmLibrary(made), id: 'l' };
    const [film, poster] = library.content ?? [];
    expect(filmsIn([{ ...library, content: [{ ...film, url: 'https://example.org/f.mp4' }, { ...poster }] }])).toEqual(
      [],
    );
    expect(filmsIn([{ ...library, content: [{ ...film }] }])).toEqual([]);
    expect(filmsIn([{ ...library, type: { coding: [{ system: 'urn:reprise:library', code: 'education' }] } }])).toEqual(
      [],
    );
  });
});

describe('the films that a device keeps', () => {
  const all = films({}, { exercise: 'bridge' }, { exercise: 'plank', film: { ...made.film, bytes: 100 } });
  it('are those of the programme, in its order', () => {
    expect(keptFilms(all, ['bridge', 'squat', 'bridge', 'none'], 1e6)).toEqual([
      '/exercise-films/l1/p',
      '/exercise-films/l1/f',
      '/exercise-films/l0/p',
      '/exercise-films/l0/f',
    ]);
  });
  it('stay within the budget; a smaller one may still have room', () => {
    expect(keptFilms(all, ['squat', 'bridge', 'plank'], 700)).toEqual([
      '/exercise-films/l0/p',
      '/exercise-films/l0/f',
      '/exercise-films/l2/p',
      '/exercise-films/l2/f',
    ]);
  });
  it('are none that was removed', () => {
    expect(
      keptFilms(
        all.map((one) => ({ ...one, shown: false })),
        ['squat'],
        1e6,
      ),
    ).toEqual([]);
  });
});
