// SPDX-License-Identifier: Apache-2.0
// A short video for a message: made on this device, looked at, and confirmed each time before it leaves it.
import { Button, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { VideoPlayer } from '../../components/video_player.tsx';
import { toBase64 } from '../../data/base64.ts';
import { videoOf } from '../../data/kept_video.ts';
import {
  LONGEST_VIDEO_SIDE,
  MOST_VIDEO_BYTES,
  MOST_VIDEO_SECONDS,
  type VideoDraft,
} from '../../data/message_videos.ts';
import { FilmMaker } from '../../film/film_maker.tsx';
import type { MadeFilm } from '../../film/made_film.ts';
import { useLanguage } from '../../translations/language.tsx';

async function draftOf({ blob, contentType, seconds }: MadeFilm, withSound: boolean): Promise<VideoDraft> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return {
    id: crypto.randomUUID(),
    base64: toBase64(bytes),
    bytes: bytes.length,
    type: contentType,
    seconds,
    withSound,
  };
}

function Draft({ video }: { video: VideoDraft }) {
  const { t } = useLanguage();
  const blob = useMemo(() => videoOf(video.base64, video.type), [video]);
  return <VideoPlayer video={blob} label={t('video.draft')} />;
}

interface Props {
  video: VideoDraft | undefined;
  onChange: (video: VideoDraft | undefined) => void;
}

export function ChooseVideo({ video, onChange }: Props) {
  const { t } = useLanguage();
  const [making, setMaking] = useState(false);
  // Each time anew: who spoke along once may not want it again.
  const [withSound, setWithSound] = useState(false);
  const open = () => {
    setWithSound(false);
    setMaking(true);
  };
  return (
    <div className="choose-pictures">
      {video && <Draft video={video} />}
      <p className="hidden" role="status">
        {video && t('video.chosen')}
      </p>
      <div className="actions">
        {video ? (
          <Button variant="default" size="md" onClick={() => onChange(undefined)}>
            {t('video.remove')}
          </Button>
        ) : (
          <Button variant="default" size="md" onClick={open}>
            {t('video.add')}
          </Button>
        )}
      </div>
      {!video && <p className="small">{t('video.help', { most: MOST_VIDEO_SECONDS })}</p>}
      {making && (
        <Dialog title={t('video.title')} onClose={() => setMaking(false)} size="lg">
          <FilmMaker
            mostSeconds={MOST_VIDEO_SECONDS}
            mostBytes={MOST_VIDEO_BYTES}
            longestSide={LONGEST_VIDEO_SIDE}
            withSound={withSound}
            onWithSound={setWithSound}
            onMade={(made) => {
              void draftOf(made, withSound).then((draft) => {
                onChange(draft);
                setMaking(false);
              });
            }}
            onCancel={() => setMaking(false)}
          />
        </Dialog>
      )}
    </div>
  );
}

interface ConfirmProps {
  video: VideoDraft;
  onSend: () => void;
  onClose: () => void;
}

/** Shows exactly what would leave the device, and asks whether it may: each time anew. */
export function ConfirmVideo({ video, onSend, onClose }: ConfirmProps) {
  const { t } = useLanguage();
  return (
    <Dialog title={t('video.ask')} onClose={onClose} size="lg">
      <Stack gap="md">
        <Draft video={video} />
        <p>
          {t('video.leaves')} {t(video.withSound ? 'video.withSound' : 'video.silent')}
        </p>
        <p>{t('video.stays')}</p>
        <div className="actions">
          <Button size="md" onClick={onSend}>
            {t('video.send')}
          </Button>
          <Button size="md" variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}
