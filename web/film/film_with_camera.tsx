// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { listCameras } from '../coach/camera.ts';
import { Alert } from '../components/alert.tsx';
import { useLanguage } from '../translations/language.tsx';
import { useFilming } from './use_filming.ts';

/** Time to go where one is seen. */
const COUNTDOWN_S = 5;
/** Parts to cut away count, too; more would fill a phone's memory. */
const TIMES_AS_LONG = 3;

interface Props {
  mostSeconds: number;
  withSound: boolean;
  onFilmed: (file: Blob) => void;
  onLeave: () => void;
}

export function FilmWithCamera({ mostSeconds, withSound, onFilmed, onLeave }: Props) {
  const { t } = useLanguage();
  const [facing, setFacing] = useState<'user' | 'environment'>('environment');
  const [several, setSeveral] = useState(false);
  const longest = TIMES_AS_LONG * mostSeconds;
  const { place, state, start, stop, isSilent } = useFilming({
    countdown_s: COUNTDOWN_S,
    longest_s: longest,
    facing,
    withSound,
    onClip: ({ file }) => onFilmed(file),
  });
  const { kind } = state;
  useEffect(() => {
    if (kind === 'ready')
      listCameras().then(
        (cameras) => setSeveral(cameras.length > 1),
        () => {},
      );
  }, [kind]);
  return (
    <>
      <div className="film-picture" ref={place} aria-hidden="true" hidden={kind === 'failed'} />
      <div role="status">
        {kind === 'opening' && <p>{t('film.cameraOpens')}</p>}
        {kind === 'ready' && <p>{t('film.ready', { seconds: COUNTDOWN_S })}</p>}
        {state.kind === 'countdown' && <p className="film-large">{state.left_s}</p>}
        {kind === 'on' && <p className="film-large">{t('film.on')}</p>}
      </div>
      {state.kind === 'on' && <p>{t('film.since', { seconds: state.since_s, most: longest })}</p>}
      {isSilent && kind !== 'failed' && (
        <Alert tone="careful" role="status">
          {t('film.silent')}
        </Alert>
      )}
      {state.kind === 'failed' && (
        <Alert tone="careful" role="alert">
          <strong>{t(`camera.${state.code}`)}</strong> {t('film.cameraFailed')}
        </Alert>
      )}
      <div className="actions">
        {kind === 'ready' && (
          <Button size="md" onClick={start} data-autofocus>
            {t('film.start')}
          </Button>
        )}
        {kind === 'on' && (
          <Button size="md" onClick={stop}>
            {t('film.stop')}
          </Button>
        )}
        {kind === 'ready' && several && (
          <Button size="md" variant="default" onClick={() => setFacing(facing === 'user' ? 'environment' : 'user')}>
            {t('film.otherCamera')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onLeave}>
          {t('cancel')}
        </Button>
      </div>
    </>
  );
}
