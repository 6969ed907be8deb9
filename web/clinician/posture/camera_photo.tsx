// SPDX-License-Identifier: Apache-2.0
// A photo by the device's camera, with its level.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { openCamera, type Camera, type CameraFailureCode } from '../../coach/camera.ts';
import { Alert } from '../../components/alert.tsx';
import { preferences } from '../../data/preferences.ts';
import { useLanguage } from '../../translations/language.tsx';
import { allowLevel, useLevel, type Level } from './level.ts';
import { takePhoto, type Photo } from './photo.ts';

/** Within so many degrees the level shows that the camera is held well. Unsourced default. */
const LEVEL_DEG = 1;
/** The engine takes no more (engine/posture/posture_checks.h). */
const MOST_ROLL_DEG = 20;

function LevelLine({ level }: { level: Level | undefined }) {
  const { t } = useLanguage();
  if (!level) return <p>{t('posture.level.none')}</p>;
  const shown = (value: number) => value.toFixed(1);
  const good = Math.abs(level.roll_deg) <= LEVEL_DEG && Math.abs(level.pitch_deg) <= 2 * LEVEL_DEG;
  return (
    <p className="level" data-good={good || undefined}>
      <span className="bubble" aria-hidden="true">
        <span style={{ transform: `rotate(${-level.roll_deg}deg)` }} />
      </span>
      {t('posture.level.now', { roll: shown(level.roll_deg), pitch: shown(level.pitch_deg) })}{' '}
      {t(good ? 'posture.level.good' : 'posture.level.turn')}
    </p>
  );
}

interface Props {
  onPhoto: (photo: Photo) => void;
  onLeave: () => void;
}

export function CameraPhoto({ onPhoto, onLeave }: Props) {
  const { t } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const camera = useRef<Camera>(undefined);
  const [failure, setFailure] = useState<CameraFailureCode>();
  const [ready, setReady] = useState(false);
  const [allowed, setAllowed] = useState(false);
  const level = useLevel(allowed);

  useEffect(() => {
    let over = false;
    const deviceId = preferences().camera;
    openCamera({
      facing: 'environment',
      onEnded: ({ code }) => setFailure(code),
      ...(deviceId && { deviceId }),
    }).then(
      (opened) => {
        if (over || !place.current) return opened.close();
        camera.current = opened;
        place.current.prepend(opened.video);
        setReady(true);
        return undefined;
      },
      (error: { code?: CameraFailureCode }) => setFailure(error.code ?? 'in-use'),
    );
    return () => {
      over = true;
      camera.current?.video.remove();
      camera.current?.close();
      camera.current = undefined;
    };
  }, []);

  const take = () => {
    if (!camera.current) return;
    const roll = level && Math.abs(level.roll_deg) <= MOST_ROLL_DEG ? level.roll_deg : undefined;
    onPhoto(takePhoto(camera.current.video, roll));
  };
  return (
    <div className="taking">
      <div className="picture" ref={place} aria-hidden="true" hidden={failure !== undefined} />
      {failure ? (
        <Alert tone="careful" role="alert">
          {t(`camera.${failure}`)}
        </Alert>
      ) : (
        <LevelLine level={level} />
      )}
      <div className="actions">
        {!failure && (
          <Button size="md" disabled={!ready} onClick={take}>
            {t('posture.take')}
          </Button>
        )}
        {!failure && !allowed && (
          <Button size="md" variant="default" onClick={() => void allowLevel().then(setAllowed)}>
            {t('posture.level.use')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onLeave}>
          {t('rom.back')}
        </Button>
      </div>
    </div>
  );
}
