// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { drawSkeleton } from '../../components/skeleton.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Choice } from './choose.tsx';
import { WANTED_TRIALS } from '../../coach/range/film.ts';
import { FilmPicture, FilmSetUp, useFilm } from '../../coach/range/use_film.tsx';
import { ids } from '../assess/accept.ts';
import type { Measurement } from './measured.ts';
import { nameOf, textOf } from '../../coach/range/range_tests.ts';

interface Props {
  choice: Choice;
  file: File | undefined;
  busy: boolean;
  onDone: (measurement: Measurement) => void;
  onLeave: () => void;
}

/** Begun anew by "again". */
export function Filming(props: Props) {
  const [turn, setTurn] = useState(0);
  return <OneFilm key={turn} {...props} onAgain={() => setTurn(turn + 1)} />;
}

function OneFilm({ choice, file, busy, onDone, onLeave, onAgain }: Props & { onAgain: () => void }) {
  const { t, language } = useLanguage();
  const { test, side, passive } = choice;
  const opened = useFilm(
    { test, side: test.sided ? side : undefined, passive, file, facing: 'environment' },
    drawSkeleton,
    ({ found, startedAt, duration_s }) =>
      onDone({
        ...ids(),
        test,
        method: 'camera',
        passive,
        trials: found.trials,
        warnings: found.warnings,
        startedAt,
        duration_s,
      }),
  );
  const { running, state } = opened;

  const { kind } = state;
  return (
    <div className="filming">
      <p>
        <strong>{nameOf(test, language)}</strong>
        {test.sided && `, ${t(`side.${side}`)}`}. {textOf(test, language)?.[passive ? 'helper' : 'movement']}
      </p>
      <FilmPicture film={opened} />
      <div role="status" className="said">
        <FilmSetUp state={state} view={test.camera?.view ?? 'side'} side={test.sided ? side : undefined} />
        {kind === 'on' && (
          <>
            <p className="advice">
              {file
                ? t('rom.trial.file', { count: state.trials })
                : t('rom.trial', { count: state.trials, wanted: WANTED_TRIALS })}
            </p>
            {state.share !== undefined && <progress max={1} value={state.share} aria-label={t('rom.looking')} />}
          </>
        )}
        {(kind === 'summing' || kind === 'done' || busy) && <p>{t('rom.summing')}</p>}
      </div>
      {kind === 'nothing' && (
        <Alert tone="careful" role="alert">
          {t('rom.nothing')}
        </Alert>
      )}
      {kind === 'failed' && (
        <Alert tone="careful" role="alert">
          {state.code === 'no-video' ? (
            t('rom.noVideo')
          ) : (
            <>
              <strong>{t(`camera.${state.code}`)}</strong> {t('rom.failed')}
            </>
          )}
        </Alert>
      )}
      <div className="actions">
        {kind === 'set-up' && (
          <Button size="md" onClick={() => void running.current?.begin()}>
            {t('rom.begin')}
          </Button>
        )}
        {kind === 'on' && (
          <Button size="md" onClick={() => void running.current?.finish()}>
            {t('rom.finish')}
          </Button>
        )}
        {(kind === 'nothing' || kind === 'failed') && (
          <Button size="md" onClick={onAgain}>
            {t('again')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onLeave}>
          {t('rom.back')}
        </Button>
      </div>
    </div>
  );
}
