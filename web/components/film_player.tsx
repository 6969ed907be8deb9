// SPDX-License-Identifier: Apache-2.0
import './film_player.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { Alert } from './alert.tsx';

interface Props {
  /** Addresses of this server, or of this page's own blobs. */
  film: { address: string; poster?: string; contentType: string };
  label: string;
  /** It may have sound; it has no captions. */
  sound: boolean;
  /** What shows the exercise if the film does not play; empty: nothing. */
  instead?: string;
}

const plays = (contentType: string) => document.createElement('video').canPlayType(contentType) !== '';

/** A film that plays when the reader wants it, and says why it does not. */
export function FilmPlayer({ film: { address, poster, contentType }, label, sound, instead = '' }: Props) {
  const { t } = useLanguage();
  const [trouble, setTrouble] = useState<'noCodec' | 'offline' | 'failed'>();
  const why = plays(contentType) ? trouble : 'noCodec';
  if (why)
    return (
      <Alert tone="careful" role="alert">
        {t(`filmPlayer.${why}`)} {instead}
        {why !== 'noCodec' && (
          <Button variant="default" size="sm" mt="sm" display="block" onClick={() => setTrouble(undefined)}>
            {t('again')}
          </Button>
        )}
      </Alert>
    );
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a clinic's film has none, which the line below says */}
      <video
        className="film-player"
        src={address}
        poster={poster}
        controls
        playsInline
        preload={poster === undefined ? 'metadata' : 'none'}
        aria-label={label}
        onError={() => setTrouble(navigator.onLine ? 'failed' : 'offline')}
      />
      {sound && <p className="small">{t('filmPlayer.sound')}</p>}
    </>
  );
}
