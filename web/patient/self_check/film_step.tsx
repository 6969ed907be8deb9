// SPDX-License-Identifier: Apache-2.0
// One movement before the camera: how it goes, the picture, and the ways to stop. The picture stays on the device.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { WANTED_TRIALS } from '../../coach/range/film.ts';
import { textOf, type RangeTest } from '../../coach/range/range_tests.ts';
import { useDrawn } from '../../coach/range/use_drawn.ts';
import { FilmPicture, FilmSetUp, useFilm, type Filmed } from '../../coach/range/use_film.tsx';
import { Alert } from '../../components/alert.tsx';
import { MovingFigure } from '../../components/figure.tsx';
import { Page } from '../../components/section.tsx';
import { drawSkeleton } from '../../components/skeleton.ts';
import { useLanguage } from '../../translations/language.tsx';
import { FilmActions, type FilmEnds } from './film_actions.tsx';
import type { Side } from './flow.ts';

interface OfTest {
  test: RangeTest;
  side: Side | undefined;
  /** It begins only by a touch. */
  byHand: boolean;
}

function BeforeCamera({ of, onDone, onAgain }: { of: OfTest; onDone: (filmed: Filmed) => void; onAgain: () => void }) {
  const { t } = useLanguage();
  const opened = useFilm({ ...of, passive: false, facing: 'user' }, drawSkeleton, onDone);
  const { running, state } = opened;
  const { kind } = state;
  return (
    <div className="before-camera">
      <FilmPicture film={opened} />
      <div role="status" className="said">
        <FilmSetUp state={state} view={of.test.camera?.view ?? 'side'} side={of.side} />
        {kind === 'on' && (
          <p className="advice">{t('self.film.count', { count: state.trials, wanted: WANTED_TRIALS })}</p>
        )}
        {(kind === 'summing' || kind === 'done') && <p>{t('rom.summing')}</p>}
      </div>
      {kind === 'nothing' && (
        <Alert tone="careful" role="alert">
          {t('self.film.nothing')}
        </Alert>
      )}
      {kind === 'failed' && (
        <Alert tone="careful" role="alert">
          <strong>{state.code === 'no-video' ? t('camera.unexpected') : t(`camera.${state.code}`)}</strong>{' '}
          {t('self.film.failed')}
        </Alert>
      )}
      <div className="actions">
        {kind === 'set-up' && (
          <Button size="lg" onClick={() => void running.current?.begin()}>
            {t('rom.begin')}
          </Button>
        )}
        {kind === 'on' && (
          <Button size="lg" onClick={() => void running.current?.finish()}>
            {t('rom.finish')}
          </Button>
        )}
        {(kind === 'nothing' || kind === 'failed') && (
          <Button size="lg" onClick={onAgain}>
            {t('again')}
          </Button>
        )}
      </div>
    </div>
  );
}

type Posture = 'seated' | 'lying' | 'standing';

interface Props extends OfTest {
  posture: Posture;
  name: string;
  number: number;
  of: number;
  onDone: (filmed: Filmed) => void;
  ends: FilmEnds;
}

export function FilmStep({ name, posture, number, of, onDone, ends, ...test }: Props) {
  const { t, language } = useLanguage();
  // How often the camera was started.
  const [turn, setTurn] = useState(0);
  const drawn = useDrawn(test.test);
  const text = textOf(test.test, language);
  const { side } = test;
  return (
    <Page
      title={name}
      lead={
        <>
          {side && <strong className="side-word">{t(`side.${side}`)}. </strong>}
          {t('self.film.number', { number, of })}
        </>
      }
    >
      <div className="card film">
        {drawn && turn === 0 && (
          <div className="drawn">
            <MovingFigure exercise={drawn} mirror={side === 'left'} label={t('rom.drawn', { name })} />
          </div>
        )}
        {text && turn === 0 && (
          <dl>
            <dt>{t('rom.position')}</dt>
            <dd>{text.position}</dd>
            <dt>{t('rom.movement')}</dt>
            <dd>{text.movement}</dd>
          </dl>
        )}
        {text && turn > 0 && <p>{text.movement}</p>}
        {turn > 0 && <BeforeCamera key={turn} of={test} onDone={onDone} onAgain={() => setTurn(turn + 1)} />}
      </div>
      <p className="note">
        {t(`self.film.${posture}`)} {t('self.film.stop')}
      </p>
      <FilmActions turn={turn} onStart={() => setTurn(1)} ends={ends} />
    </Page>
  );
}
