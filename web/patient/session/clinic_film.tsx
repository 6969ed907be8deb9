// SPDX-License-Identifier: Apache-2.0
// The clinic's own film of an exercise, beside the demonstration.
import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Alert } from '../../components/alert.tsx';
import { FilmPlayer } from '../../components/film_player.tsx';
import { loadShownFilms } from '../../data/exercise_films.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';
import type { ExerciseFilm } from '../../fhir/exercise_films.ts';
import { useLanguage } from '../../translations/language.tsx';

/** Undefined while it is not known, and where there is none: the demonstration is enough. */
function useClinicFilm(exercise: string): ExerciseFilm | undefined {
  const {
    account: { id },
  } = useAccount();
  const { data } = useQuery({ queryKey: queryKeys.shownFilms(id), queryFn: () => loadShownFilms(id) });
  return data?.find((one) => one.exercise === exercise);
}

/** Where the film shows another side than the patient's, or may go past the patient's limit. */
function Cautions({ film, prescribed: { order, facts } }: { film: ExerciseFilm; prescribed: Prescribed }) {
  const { t } = useLanguage();
  const oneSide = film.side === 'left' || film.side === 'right';
  const other = oneSide && order.side !== null && order.side !== film.side;
  const both = oneSide && order.side === null && facts.sided;
  return (
    <>
      {other && order.side && (
        <Alert tone="careful">
          <strong>{t(`clinicFilm.otherSide.${order.side}`)}</strong>
        </Alert>
      )}
      {both && <Alert tone="careful">{t('clinicFilm.bothSides')}</Alert>}
      {facts.ceiling !== null && <Alert tone="careful">{t('clinicFilm.limit')}</Alert>}
    </>
  );
}

/** `children`: the demonstration, which is shown first. */
export function WithClinicFilm({
  prescribed,
  name,
  children,
}: {
  prescribed: Prescribed;
  name: string;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const film = useClinicFilm(prescribed.order.id);
  const [chosen, setChosen] = useState(false);
  if (!film) return children;
  const choice = (isFilm: boolean) => (
    <Button
      variant={chosen === isFilm ? 'filled' : 'default'}
      aria-pressed={chosen === isFilm}
      onClick={() => setChosen(isFilm)}
    >
      {t(isFilm ? 'clinicFilm.film' : 'clinicFilm.demonstration')}
    </Button>
  );
  return (
    <Stack gap="sm">
      <fieldset className="person-buttons" aria-label={t('clinicFilm.choose')}>
        {choice(false)}
        {choice(true)}
      </fieldset>
      {chosen ? (
        <>
          <Cautions film={film} prescribed={prescribed} />
          <div>
            <FilmPlayer
              film={film}
              label={t('clinicFilm.label', { name })}
              sound={film.language !== undefined}
              instead={t('clinicFilm.instead')}
            />
          </div>
        </>
      ) : (
        children
      )}
    </Stack>
  );
}
