// SPDX-License-Identifier: Apache-2.0
import './video_player.css';
import { useEffect, useState } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { Alert } from './alert.tsx';

/** Phones show no picture before it plays, unless it begins a little later. */
const FIRST_PICTURE = '#t=0.001';

interface Props {
  video: Blob;
  label: string;
}

/** Plays a video of this device's memory, with the browser's own controls, and only when the reader starts it. */
export function VideoPlayer({ video, label }: Props) {
  const { t } = useLanguage();
  const [address, setAddress] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(video);
    setAddress(made + FIRST_PICTURE);
    setFailed(false);
    return () => URL.revokeObjectURL(made);
  }, [video]);
  return (
    <div className="video-player">
      {address && (
        // biome-ignore lint/a11y/useMediaCaption: what a patient films for the clinic has no captions.
        <video
          src={address}
          controls
          playsInline
          preload="metadata"
          aria-label={label}
          hidden={failed}
          onError={() => setFailed(true)}
        />
      )}
      {failed && (
        <Alert tone="careful" role="status">
          {t('video.noPlay')}
        </Alert>
      )}
    </div>
  );
}
