// SPDX-License-Identifier: Apache-2.0
// After accepting values, with the patient's consent: the photo exactly as it would be kept, and whether it is.
import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { KeptPosturePhoto, PosturePicture } from 'reprise-engine';
import { Alert } from '../../../components/alert.tsx';
import { FailureAlert } from '../../../components/failure_alert.tsx';
import { Failure } from '../../../data/api.ts';
import { useLanguage } from '../../../translations/language.tsx';
import type { Photo } from '../photo.ts';
import { encodePhoto } from './encode.ts';
import { headBox } from './hidden_face.ts';

interface Props {
  photo: Photo;
  picture: PosturePicture;
  /** Of this photo, made once. */
  id: string;
  /** Whose chart it goes into. */
  patient: string;
  busy: boolean;
  failure: Error | null;
  /** Undefined: the values alone. */
  onKeep: (photo: KeptPosturePhoto | undefined) => void;
  onBack: () => void;
}

export function KeepPhoto({ photo, picture, id, patient, busy, failure, onKeep, onBack }: Props) {
  const { t, number } = useLanguage();
  const [hidden, setHidden] = useState(true);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const box = headBox(picture.points, photo);
  const missing = hidden && !box;
  const made = useQuery({
    queryKey: ['kept photo', id, hidden, box],
    queryFn: () => encodePhoto(photo, hidden ? box : undefined),
    enabled: !missing,
  });
  const { view, roll_deg, mirrored } = picture;
  const encoded = missing ? undefined : made.data;
  const refused = failure instanceof Failure && failure.code === 'not-allowed';
  return (
    <div className="keeping">
      <div>
        {encoded && (
          <>
            <img
              className="kept-preview"
              src={`data:image/jpeg;base64,${encoded.base64}`}
              alt={t('posture.keep.preview', { name: patient })}
            />
            <p className="small">
              {t('posture.keep.exactly', {
                view: t(`posture.view.${view}`),
                size: number(Math.ceil(encoded.bytes / 1000)),
              })}
            </p>
          </>
        )}
        <div role="status">{!missing && made.isPending && <p>{t('posture.keep.making')}</p>}</div>
        {missing && (
          <Alert tone="careful" role="alert">
            {t('posture.keep.noHead')}
          </Alert>
        )}
        <FailureAlert failure={made.error} />
      </div>
      <div className="fields">
        <h3 ref={heading} tabIndex={-1}>
          {t('posture.keep.title', { name: patient })}
        </h3>
        <p>{t('posture.keep.lead')}</p>
        <Switch
          size="md"
          label={t('posture.keep.hide')}
          description={t('posture.keep.hideWhat')}
          checked={hidden}
          disabled={busy}
          onChange={(event) => setHidden(event.currentTarget.checked)}
        />
        {refused ? (
          <Alert tone="bad" role="alert">
            {t('posture.keep.withdrawn')}
          </Alert>
        ) : (
          <FailureAlert failure={failure} />
        )}
        <div className="actions">
          <Button
            size="md"
            loading={busy}
            disabled={!encoded}
            onClick={() =>
              encoded &&
              onKeep({
                id,
                base64: encoded.base64,
                view,
                face_hidden: hidden,
                scale: encoded.scale,
                roll_deg,
                mirrored,
              })
            }
          >
            {t('posture.keep.both')}
          </Button>
          <Button size="md" variant="default" disabled={busy} onClick={() => onKeep(undefined)}>
            {t('posture.keep.values')}
          </Button>
          <Button size="md" variant="subtle" disabled={busy} onClick={onBack}>
            {t('rom.back')}
          </Button>
        </div>
      </div>
    </div>
  );
}
