// SPDX-License-Identifier: Apache-2.0
// A film that was made and is not shown yet: looked at, its side and the leave said, sent.
import { Button, Checkbox, NativeSelect, Progress, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type SyntheticEvent } from 'react';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { FilmPlayer } from '../../components/film_player.tsx';
import { Failure } from '../../data/api.ts';
import { addFilm } from '../../data/exercise_films.ts';
import type { MadeFilm } from '../../film/made_film.ts';
import { FILM_SIDES, MOST_FILM_BYTES, type ExerciseFilm, type FilmSide } from '../../fhir/exercise_films.ts';
import { useLanguage } from '../../translations/language.tsx';

export interface Exercised {
  id: string;
  name: string;
  /** Whether it is done with one side. */
  sided: boolean;
}

const MB = 1e6;

/** The film as an address of this page, until it is left. Its first picture stands for the poster. */
function useShown({ blob, contentType }: MadeFilm) {
  const shown = useMemo(() => ({ address: URL.createObjectURL(blob), contentType }), [blob, contentType]);
  useEffect(() => () => URL.revokeObjectURL(shown.address), [shown]);
  return shown;
}

/** Why the server did not keep the film, with what helps. */
function NotKept({ failure }: { failure: Error | null }) {
  const { t } = useLanguage();
  const status = failure instanceof Failure ? failure.status : 0;
  if (status !== 413 && status !== 422 && status < 500) return <FailureAlert failure={failure} />;
  return (
    <Alert tone="bad" role="alert">
      {status < 500 ? t('ownFilm.refused', { size: MOST_FILM_BYTES / MB }) : t('ownFilm.noRoom')}
    </Alert>
  );
}

interface Props {
  exercise: Exercised;
  made: MadeFilm;
  withSound: boolean;
  before: ExerciseFilm | undefined;
  onShown: () => void;
  onDiscard: () => void;
}

export function NewFilm({ exercise, made, withSound, before, onShown, onDiscard }: Props) {
  const { t, language, number } = useLanguage();
  const shown = useShown(made);
  const [side, setSide] = useState<FilmSide>();
  const [leave, setLeave] = useState(false);
  const [attempted, setAttempted] = useState(false);
  const [sent, setSent] = useState(0);
  const percent = Math.floor(100 * sent);
  const { mutate, isPending, error } = useMutation({
    onMutate: () => setSent(0),
    mutationFn: () =>
      addFilm(
        {
          exercise: exercise.id,
          title: exercise.name,
          film: made.blob,
          contentType: made.contentType,
          poster: made.poster,
          seconds: made.seconds,
          side,
          language: withSound ? language : undefined,
          leave: true,
        },
        before,
        setSent,
      ),
    onSuccess: onShown,
  });
  const sideMissing = exercise.sided && side === undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAttempted(true);
    if (!sideMissing && leave && !isPending) mutate();
  };
  const size = number(Math.round(made.blob.size / MB / 0.1) * 0.1);
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FilmPlayer film={shown} label={t('ownFilm.of', { name: exercise.name })} sound={withSound} />
        {exercise.sided && (
          <NativeSelect
            label={t('ownFilm.side')}
            description={t('ownFilm.side.why')}
            value={side ?? ''}
            error={attempted && sideMissing && t('ownFilm.side.choose')}
            data={[
              ...(side === undefined ? [{ value: '', label: t('plan.side.unset') }] : []),
              ...FILM_SIDES.map((value) => ({ value, label: t(`plan.side.${value}`) })),
            ]}
            onChange={({ currentTarget }) => setSide(FILM_SIDES.find((one) => one === currentTarget.value))}
          />
        )}
        <Checkbox
          size="md"
          label={t('ownFilm.leave')}
          checked={leave}
          error={attempted && !leave && t('ownFilm.leave.missing')}
          aria-invalid={(attempted && !leave) || undefined}
          onChange={({ currentTarget }) => setLeave(currentTarget.checked)}
        />
        <div role="status">{isPending && <p>{t('ownFilm.sending', { size })}</p>}</div>
        {isPending && <Progress value={percent} aria-label={t('ownFilm.sent', { percent: number(percent) })} />}
        {!isPending && <NotKept failure={error} />}
        <div className="actions">
          <Button type="submit" size="md" loading={isPending}>
            {t('ownFilm.use')}
          </Button>
          <Button variant="default" size="md" disabled={isPending} onClick={onDiscard}>
            {t('ownFilm.discard')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
