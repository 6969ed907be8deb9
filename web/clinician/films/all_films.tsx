// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Exercised } from './new_film.tsx';
import { OwnFilmDialog, useFilms } from './own_film.tsx';

/** The exercises that have a film of the clinic's own, and any other to add one to. */
export function AllFilms({ exercises }: { exercises: readonly Exercised[] }) {
  const { t, language } = useLanguage();
  const films = useFilms().data ?? [];
  const [open, setOpen] = useState<string>();
  const sorted = [...exercises].sort((a, b) => a.name.localeCompare(b.name, language));
  const filmed = sorted.flatMap((exercise) => {
    const film = films.find((one) => one.exercise === exercise.id);
    return film ? [{ exercise, film }] : [];
  });
  const chosen = exercises.find(({ id }) => id === open);
  return (
    <Section title={t('ownFilm.all')}>
      <NativeSelect
        label={t('ownFilm.exercise')}
        value=""
        data={[
          { value: '', label: t('exercise.choose') },
          ...sorted.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget }) => setOpen(currentTarget.value)}
      />
      {filmed.length === 0 ? (
        <p className="none">{t('ownFilm.none')}</p>
      ) : (
        <ul className="rows">
          {filmed.map(({ exercise: { id, name }, film }) => (
            <li key={id} className="row">
              <span>
                {name} {!film.shown && <Badge tone="careful">{t('ownFilm.hidden')}</Badge>}
              </span>
              <Button size="sm" variant="default" onClick={() => setOpen(id)}>
                {t('ownFilm.open')}
                <span className="hidden"> {name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {chosen && <OwnFilmDialog exercise={chosen} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}
