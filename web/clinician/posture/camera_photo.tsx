// SPDX-License-Identifier: Apache-2.0
// A photo by the device's camera, with its level.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { openCamera, type Camera, type CameraFailureCode } from '../../coach/camera.ts';
import { Alert } from '../../components/alert.tsx';
import { preferences } from '../../data/preferences.ts';
import { useLanguage } from '../../translations/language.tsx';
import { allowLevel, levelOfCamera, useLevel, type Level } from './level.ts';
import { takePhoto, type Photo } from './photo.ts';
import { MOST_ROLL_DEG } from './setup.tsx';

/** Within so many degrees the level shows that the camera is held well. Unsourced default. */
const LEVEL_DEG = 1;

function LevelLine({ level }: { level: Level | undefined }) {
  const { t, number } = useLanguage();
  if (!level) return <p>{t('posture.level.none')}</p>;
  const good = Math.abs(level.roll_deg) <= LEVEL_DEG && Math.abs(level.pitch_deg) <= 2 * LEVEL_DEG;
  return (
    <p className="level" data-good={good || undefined}>
      <span className="bubble" aria-hidden="true">
        <span style={{ transform: `rotate(${-level.roll_deg}deg)` }} />
      </span>
      {t('posture.level.now', { roll: number(level.roll_deg), pitch: number(level.pitch_deg) })}{' '}
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
  const [opened, setOpened] = useState<Camera>();
  const [allowed, setAllowed] = useState(false);
  const level = levelOfCamera(useLevel(allowed), opened?.facing);
  const tooFar = level !== undefined && Math.abs(level.roll_deg) > MOST_ROLL_DEG;

  useEffect(() => {
    let over = false;
    const deviceId = preferences().camera;
    openCamera({
      facing: 'environment',
      onEnded: ({ code }) => setFailure(code),
      ...(deviceId && { deviceId }),
    }).then(
      (now) => {
        if (over || !place.current) return now.close();
        camera.current = now;
        place.current.prepend(now.video);
        setOpened(now);
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
    onPhoto(takePhoto(camera.current.video, level?.roll_deg));
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
          <Button size="md" disabled={!opened || tooFar} onClick={take}>
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
