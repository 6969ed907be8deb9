// SPDX-License-Identifier: Apache-2.0
// The pictures of a message, small; a large one at a time. They are loaded when they come into view: each reading is
// an entry in the audit log.
import './message_pictures.css';
import { Button, Stack } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { loadPicture } from '../data/kept_picture.ts';
import type { MessagePicture } from '../data/message_pictures.ts';
import { queryKeys } from '../data/query_keys.ts';
import { useLanguage } from '../translations/language.tsx';
import { Dialog } from './dialog.tsx';

function usePicture({ address, data }: MessagePicture, wanted: boolean) {
  const query = useQuery({
    queryKey: queryKeys.messagePicture(address),
    queryFn: () => loadPicture(address),
    enabled: wanted && data === undefined,
  });
  return { ...query, source: data === undefined ? query.data?.address : `data:image/jpeg;base64,${data}` };
}

interface SmallProps {
  picture: MessagePicture;
  label: string;
  onOpen: () => void;
}

function Small({ picture, label, onOpen }: SmallProps) {
  const { t } = useLanguage();
  const { ref, inViewport } = useInViewport<HTMLLIElement>();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (inViewport) setSeen(true);
  }, [inViewport]);
  const { source, error, refetch } = usePicture(picture, seen);
  return (
    <li ref={ref}>
      {source && (
        <button type="button" className="sent-picture" onClick={onOpen}>
          <img src={source} alt={label} />
        </button>
      )}
      {!source && (
        <div className="sent-picture">
          {error ? (
            <div>
              <p role="status">{t('picture.notNow')}</p>
              <Button
                variant="default"
                size="xs"
                aria-label={`${t('again')}: ${label}`}
                onClick={() => {
                  void refetch();
                }}
              >
                {t('again')}
              </Button>
            </div>
          ) : (
            <p>{t('picture.loading')}</p>
          )}
        </div>
      )}
    </li>
  );
}

interface Props {
  pictures: readonly MessagePicture[];
  /** Who sent them; undefined: the reader. */
  by: string | undefined;
  sent: string;
}

/** The pictures of one message. */
export function MessagePictures({ pictures, by, sent }: Props) {
  const { t, moment } = useLanguage();
  const [open, setOpen] = useState<number>();
  const list = useRef<HTMLUListElement>(null);
  const close = (last: number) => {
    setOpen(undefined);
    // The keyboard goes on where it was.
    requestAnimationFrame(() => list.current?.children[last]?.querySelector('button')?.focus());
  };
  const labelOf = (index: number) => {
    const which = { number: index + 1, count: pictures.length, when: moment(sent) };
    return by === undefined ? t('picture.byYou', which) : t('picture.by', { ...which, name: by });
  };
  if (pictures.length === 0) return null;
  return (
    <>
      <ul className="sent-pictures" ref={list}>
        {pictures.map((picture, i) => (
          <Small key={picture.address} picture={picture} label={labelOf(i)} onOpen={() => setOpen(i)} />
        ))}
      </ul>
      {open !== undefined && (
        <Large pictures={pictures} open={open} onOpen={setOpen} onClose={() => close(open)} labelOf={labelOf} />
      )}
    </>
  );
}

interface LargeProps {
  pictures: readonly MessagePicture[];
  open: number;
  onOpen: (index: number) => void;
  onClose: () => void;
  labelOf: (index: number) => string;
}

/** One picture large; the others by buttons or the arrow keys. */
function Large({ pictures, open, onOpen, onClose, labelOf }: LargeProps) {
  const { t } = useLanguage();
  const to = (step: number) => {
    if (pictures[open + step]) onOpen(open + step);
  };
  const picture = pictures[open];
  return (
    <Dialog title={labelOf(open)} onClose={onClose} size="xl">
      <Stack
        gap="md"
        onKeyDown={({ key }) => {
          if (key === 'ArrowLeft') to(-1);
          if (key === 'ArrowRight') to(1);
        }}
      >
        {picture && <LargePicture key={picture.address} picture={picture} label={labelOf(open)} />}
        <div className="actions">
          {pictures.length > 1 && (
            <>
              <Button variant="default" size="md" disabled={open === 0} onClick={() => to(-1)}>
                {t('picture.before')}
              </Button>
              <Button variant="default" size="md" disabled={open + 1 === pictures.length} onClick={() => to(1)}>
                {t('picture.next')}
              </Button>
            </>
          )}
          <Button variant="default" size="md" data-autofocus onClick={onClose}>
            {t('close')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}

function LargePicture({ picture, label }: { picture: MessagePicture; label: string }) {
  const { t } = useLanguage();
  const { source, error } = usePicture(picture, true);
  if (source) return <img className="picture-large" src={source} alt={label} />;
  return <p role="status">{t(error ? 'picture.notNow' : 'picture.loading')}</p>;
}
