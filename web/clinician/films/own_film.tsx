// SPDX-License-Identifier: Apache-2.0
// The clinic's own film of one exercise: added, looked at, replaced, removed and put back.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { FilmPlayer } from '../../components/film_player.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { eraseFilms } from '../../data/api.ts';
import { loadAllFilms, showFilm } from '../../data/exercise_films.ts';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { FilmMaker } from '../../film/film_maker.tsx';
import type { MadeFilm } from '../../film/made_film.ts';
import { MOST_FILM_BYTES, MOST_FILM_SECONDS, type ExerciseFilm } from '../../fhir/exercise_films.ts';
import { useLanguage } from '../../translations/language.tsx';
import { NewFilm, type Exercised } from './new_film.tsx';

export const useFilms = () => useQuery({ queryKey: queryKeys.films(), queryFn: loadAllFilms });

/** What the clinic has: looked at, removed, put back. */
function Present({ film, name, onReplace }: { film: ExerciseFilm; name: string; onReplace: () => void }) {
  const { t, number } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (shown: boolean) => showFilm(film, shown),
    onSuccess: () => reload(queryKeys.films()),
  });
  return (
    <>
      <div role="status">
        {film.shown ? (
          <p>{t('ownFilm.shown', { seconds: number(Math.round(film.seconds)) })}</p>
        ) : (
          <Alert tone="careful">{t('ownFilm.removed')}</Alert>
        )}
      </div>
      <FilmPlayer film={film} label={t('ownFilm.of', { name })} sound={film.language !== undefined} />
      {film.side && <p className="small">{t(`ownFilm.shows.${film.side}`)}</p>}
      <FailureAlert failure={error} />
      <div className="actions">
        <Button variant="default" size="md" onClick={onReplace}>
          {t('ownFilm.replace')}
        </Button>
        <Button variant="default" size="md" loading={isPending} onClick={() => mutate(!film.shown)}>
          {t(film.shown ? 'ownFilm.remove' : 'ownFilm.putBack')}
        </Button>
      </div>
      {!film.shown && <Erase film={film} />}
    </>
  );
}

/** When the person in a film takes the leave back: nothing of it is left, and nothing can be put back. */
function Erase({ film }: { film: ExerciseFilm }) {
  const { t } = useLanguage();
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => eraseFilms(film.library.id),
    onSuccess: () => reload(queryKeys.films()),
  });
  if (!asked)
    return (
      <div className="actions">
        <Button variant="default" size="md" onClick={() => setAsked(true)}>
          {t('ownFilm.erase')}
        </Button>
      </div>
    );
  return (
    <div className="notice" data-tone="bad" role="group" aria-label={t('ownFilm.erase')}>
      <p>{t('ownFilm.erase.ask')}</p>
      <FailureAlert failure={error} />
      <div className="actions">
        <Button color="red.9" size="md" loading={isPending} onClick={() => mutate()}>
          {t('ownFilm.erase.now')}
        </Button>
        <Button variant="default" size="md" disabled={isPending} onClick={() => setAsked(false)}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}

/** A film on its way from the camera or a file to patients. */
function Adding({
  exercise,
  before,
  onEnd,
}: {
  exercise: Exercised;
  before: ExerciseFilm | undefined;
  onEnd: () => void;
}) {
  const [made, setMade] = useState<MadeFilm>();
  const [withSound, setWithSound] = useState(false);
  if (!made)
    return (
      <FilmMaker
        mostSeconds={MOST_FILM_SECONDS}
        mostBytes={MOST_FILM_BYTES}
        withSound={withSound}
        onWithSound={setWithSound}
        onMade={setMade}
        onCancel={onEnd}
      />
    );
  return (
    <NewFilm
      exercise={exercise}
      made={made}
      withSound={withSound}
      before={before}
      onShown={() => {
        void reload(queryKeys.films());
        onEnd();
      }}
      onDiscard={() => setMade(undefined)}
    />
  );
}

export function OwnFilm({ exercise }: { exercise: Exercised }) {
  const { t } = useLanguage();
  const [adding, setAdding] = useState(false);
  const query = useFilms();
  return (
    <QueryBoundary query={query} keepsData>
      {(films) => {
        const film = films.find((one) => one.exercise === exercise.id);
        if (adding) return <Adding exercise={exercise} before={film} onEnd={() => setAdding(false)} />;
        return (
          <>
            <p>{t('ownFilm.lead', { name: exercise.name })}</p>
            {film ? (
              <Present key={film.address} film={film} name={exercise.name} onReplace={() => setAdding(true)} />
            ) : (
              <div className="actions">
                <Button size="md" onClick={() => setAdding(true)}>
                  {t('ownFilm.add')}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </QueryBoundary>
  );
}

export function OwnFilmDialog({ exercise, onClose }: { exercise: Exercised; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog title={t('ownFilm.of', { name: exercise.name })} size="lg" onClose={onClose}>
      <OwnFilm exercise={exercise} />
    </Dialog>
  );
}
