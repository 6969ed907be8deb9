// SPDX-License-Identifier: Apache-2.0
// Pictures for a message: taken or chosen, looked at, and confirmed each time before they leave the device.
import './choose_pictures.css';
import { Button, FileButton, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { MOST_FILE_BYTES } from '../../data/draw_jpeg.ts';
import { MOST_PICTURES, type PictureDraft } from '../../data/message_pictures.ts';
import { useLanguage } from '../../translations/language.tsx';
import { addPictures, type Left } from './chosen.ts';
import { drawAnew } from './draw_anew.ts';

const ACCEPTED = 'image/*';
const addressOf = ({ base64 }: PictureDraft) => `data:image/jpeg;base64,${base64}`;
// A computer's browser has no camera app: both buttons would open the same list of files.
const hasCameraApp = () => window.matchMedia('(pointer: coarse)').matches;

function LeftOut({ left }: { left: Left }) {
  const { t, number } = useLanguage();
  if (left.why === 'too-many') return <p>{t('picture.tooMany', { most: MOST_PICTURES })}</p>;
  if (left.why === 'unreadable') return <p>{t('picture.unreadable', { name: left.name })}</p>;
  return <p>{t('picture.tooLarge', { name: left.name, size: number(MOST_FILE_BYTES / 1_000_000) })}</p>;
}

interface Props {
  pictures: readonly PictureDraft[];
  onChange: (pictures: readonly PictureDraft[]) => void;
}

export function ChoosePictures({ pictures, onChange }: Props) {
  const { t, counted } = useLanguage();
  const [left, setLeft] = useState<readonly Left[]>([]);
  const [drawing, setDrawing] = useState(false);
  const reset = useRef<() => void>(null);
  const add = async (files: readonly File[]) => {
    setDrawing(true);
    try {
      const added = await addPictures(pictures, files, drawAnew);
      onChange(added.pictures);
      setLeft(added.left);
    } finally {
      reset.current?.(); // the same file may be chosen again
      setDrawing(false);
    }
  };
  const remove = (id: string) => {
    setLeft([]);
    onChange(pictures.filter((one) => one.id !== id));
  };
  const full = pictures.length >= MOST_PICTURES;
  return (
    <div className="choose-pictures">
      {pictures.length > 0 && (
        <ul className="picture-row">
          {pictures.map((picture, i) => (
            <li key={picture.id}>
              <img src={addressOf(picture)} alt={t('picture.draft', { number: i + 1 })} />
              <Button variant="default" size="sm" onClick={() => remove(picture.id)}>
                {t('picture.remove')}
                <span className="hidden"> {t('picture.draft', { number: i + 1 })}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className="hidden" role="status">
        {pictures.length > 0 && counted('picture.chosen', pictures.length)}
      </p>
      {left.length > 0 && (
        <Alert tone="careful" role="alert">
          {left.map((one, i) => (
            <LeftOut key={i} left={one} />
          ))}
        </Alert>
      )}
      {!full && (
        <div className="actions">
          {hasCameraApp() && (
            <FileButton
              accept={ACCEPTED}
              capture="environment"
              onChange={(file) => {
                if (file) void add([file]);
              }}
            >
              {(button) => (
                <Button {...button} variant="default" size="md" loading={drawing}>
                  {t('picture.take')}
                </Button>
              )}
            </FileButton>
          )}
          <FileButton
            resetRef={reset}
            accept={ACCEPTED}
            multiple
            onChange={(files) => {
              if (files.length > 0) void add(files);
            }}
          >
            {(button) => (
              <Button {...button} variant="default" size="md" loading={drawing}>
                {t('picture.choose')}
              </Button>
            )}
          </FileButton>
        </div>
      )}
      <p className="small">{t('picture.help', { most: MOST_PICTURES })}</p>
    </div>
  );
}

interface ConfirmProps {
  pictures: readonly PictureDraft[];
  onSend: () => void;
  onClose: () => void;
}

/** Shows exactly what would leave the device, and asks whether it may: each time anew. */
export function ConfirmPictures({ pictures, onSend, onClose }: ConfirmProps) {
  const { t, counted } = useLanguage();
  return (
    <Dialog title={counted('picture.ask', pictures.length)} onClose={onClose} size="lg">
      <Stack gap="md">
        <div className="picture-row picture-sent">
          {pictures.map((picture, i) => (
            <img key={picture.id} src={addressOf(picture)} alt={t('picture.draft', { number: i + 1 })} />
          ))}
        </div>
        <p>{counted('picture.leaves', pictures.length)}</p>
        <p>{counted('picture.stays', pictures.length)}</p>
        <div className="actions">
          <Button size="md" onClick={onSend}>
            {counted('picture.send', pictures.length)}
          </Button>
          <Button size="md" variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}
