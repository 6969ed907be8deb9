// SPDX-License-Identifier: Apache-2.0
// The videos of a message. One is loaded when the reader asks for it: it is large, and each reading is an entry in the
// audit log.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { loadVideo, videoOf } from '../data/kept_video.ts';
import type { MessageVideo } from '../data/message_videos.ts';
import { queryKeys } from '../data/query_keys.ts';
import { useLanguage } from '../translations/language.tsx';
import { VideoPlayer } from './video_player.tsx';

interface OneProps {
  video: MessageVideo;
  label: string;
}

function One({ video: { address, type, bytes, data }, label }: OneProps) {
  const { t, number } = useLanguage();
  const [wanted, setWanted] = useState(false);
  const here = useMemo(() => (data === undefined ? undefined : videoOf(data, type)), [data, type]);
  const query = useQuery({
    queryKey: queryKeys.messageVideo(address),
    queryFn: () => loadVideo(address, type),
    enabled: wanted && here === undefined,
    // Megabytes that no one looks at any more.
    gcTime: 0,
  });
  const place = useRef<HTMLDivElement>(null);
  const video = here ?? query.data;
  useEffect(() => {
    // The keyboard goes on where the button was.
    if (wanted && video) place.current?.querySelector('video')?.focus();
  }, [wanted, video]);
  const size = bytes === undefined ? undefined : t('video.size', { size: number(Math.ceil(bytes / 100_000) / 10) });
  return (
    <div className="sent-video" ref={place}>
      {video && <VideoPlayer video={video} label={label} />}
      {!video && (
        <>
          <Button
            variant="default"
            size="md"
            loading={query.isFetching}
            aria-label={`${t('video.show')}: ${label}`}
            onClick={() => {
              if (wanted) void query.refetch();
              else setWanted(true);
            }}
          >
            {t('video.show')}
          </Button>{' '}
          {size && <span className="small">{size}</span>}
          <div role="status">
            {query.isFetching && <p className="hidden">{t('video.loading')}</p>}
            {query.error && !query.isFetching && <p>{t('video.notNow')}</p>}
          </div>
        </>
      )}
    </div>
  );
}

interface Props {
  videos: readonly MessageVideo[];
  /** Who sent them; undefined: the reader. */
  by: string | undefined;
  sent: string;
}

/** The videos of one message. */
export function MessageVideos({ videos, by, sent }: Props) {
  const { t, moment } = useLanguage();
  const label =
    by === undefined ? t('video.byYou', { when: moment(sent) }) : t('video.by', { name: by, when: moment(sent) });
  return videos.map((video) => <One key={video.address} video={video} label={label} />);
}
