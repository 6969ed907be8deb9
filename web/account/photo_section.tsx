// SPDX-License-Identifier: Apache-2.0
// A clinician's own photo, which patients see beside the name: a square of a picture, drawn anew.
import { Button, FileButton, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Practitioner } from 'fhir/r4';
import { useEffect, useState } from 'react';
import { Alert } from '../components/alert.tsx';
import { Face } from '../components/face.tsx';
import { FailureAlert } from '../components/failure_alert.tsx';
import { Section } from '../components/section.tsx';
import { ask, fhirRead } from '../data/api.ts';
import { toBase64 } from '../data/base64.ts';
import { bitmapOf, drawnOnWhite, jpegOf, NoPicture } from '../data/draw_jpeg.ts';
import { reload } from '../data/query_client.ts';
import { queryKeys } from '../data/query_keys.ts';
import { useAccount } from '../data/session.ts';
import { nameOf, photoOf } from '../fhir/people.ts';
import { useLanguage } from '../translations/language.tsx';
import { FACE_PX, squareOf } from './crop.ts';

/** The server takes at most so many bytes (server/messaging/own_photo.cpp). */
const MOST_BYTES = 12_000;
const QUALITIES = [0.85, 0.75, 0.6, 0.45, 0.3];

async function faceOf(bitmap: ImageBitmap, along: number, zoom: number): Promise<string> {
  const { x, y, side } = squareOf(bitmap.width, bitmap.height, along, zoom);
  const canvas = drawnOnWhite(bitmap, { x, y, width: side, height: side, scale: FACE_PX / side });
  for (const quality of QUALITIES) {
    const jpeg = await jpegOf(canvas, quality);
    if (jpeg.length <= MOST_BYTES) return toBase64(jpeg);
  }
  throw new NoPicture('too-large');
}

interface CropProps {
  bitmap: ImageBitmap;
  name: string;
  onDone: () => void;
}

interface SliderProps {
  label: string;
  least: number;
  most: number;
  step: number;
  value: number;
  onValue: (value: number) => void;
}

/** A share, heard in percent. */
function Slider({ label, least, most, step, value, onValue }: SliderProps) {
  const { number } = useLanguage();
  return (
    <label className="photo-slider">
      {label}
      <input
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={`${number(Math.round(value * 100))} %`}
        onChange={({ currentTarget }) => onValue(Number(currentTarget.value))}
      />
    </label>
  );
}

function Crop({ bitmap, name, onDone }: CropProps) {
  const { t } = useLanguage();
  const [along, setAlong] = useState(0.5);
  const [zoom, setZoom] = useState(1);
  const drawn = useQuery({
    queryKey: ['own-photo-drawn', bitmap.width, bitmap.height, along, zoom],
    queryFn: () => faceOf(bitmap, along, zoom),
    placeholderData: (before) => before,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: (jpeg: string) => ask('PUT', 'photo', { jpeg }),
    onSuccess: onDone,
  });
  return (
    <Stack gap="md">
      <Face name={name} photo={drawn.data && `data:image/jpeg;base64,${drawn.data}`} large />
      <Slider label={t('photo.along')} least={0} most={1} step={0.02} value={along} onValue={setAlong} />
      <Slider label={t('photo.zoom')} least={1} most={4} step={0.1} value={zoom} onValue={setZoom} />
      <p>{t('photo.consent')}</p>
      <FailureAlert failure={error ?? drawn.error} />
      <div className="actions">
        <Button
          size="md"
          loading={isPending}
          disabled={!drawn.data}
          onClick={() => {
            if (drawn.data) mutate(drawn.data);
          }}
        >
          {t('photo.use')}
        </Button>
        <Button size="md" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </Stack>
  );
}

/** Shows the photo that patients see; the clinician changes or removes it. */
export function PhotoSection() {
  const { t } = useLanguage();
  const { account } = useAccount();
  const person = account.person ?? '';
  const [bitmap, setBitmap] = useState<ImageBitmap>();
  const [why, setWhy] = useState<NoPicture['why']>();
  const query = useQuery({
    queryKey: queryKeys.ownPhoto(person),
    queryFn: async () => JSON.parse(await fhirRead(`Practitioner/${person}`)) as Practitioner,
  });
  useEffect(() => () => bitmap?.close(), [bitmap]);
  const choose = async (file: File) => {
    setWhy(undefined);
    try {
      setBitmap(await bitmapOf(file));
    } catch (error) {
      if (!(error instanceof NoPicture)) throw error;
      setWhy(error.why);
    }
  };
  const done = () => {
    setBitmap(undefined);
    void reload(queryKeys.ownPhoto(person));
  };
  const removing = useMutation({ mutationFn: () => ask('DELETE', 'photo'), onSuccess: done });
  const photo = query.data && photoOf(query.data);
  const name = (query.data && nameOf(query.data)) ?? account.name;
  return (
    <Section title={t('photo.title')}>
      <Stack gap="md">
        <p className="note">{t('photo.lead')}</p>
        {bitmap ? (
          <Crop bitmap={bitmap} name={name} onDone={done} />
        ) : (
          <>
            <div className="with-face">
              <Face name={name} photo={photo} large />
              <span>{t(photo ? 'photo.shown' : 'photo.none')}</span>
            </div>
            <div className="actions">
              <FileButton
                accept="image/jpeg,image/png"
                onChange={(file) => {
                  if (file) void choose(file);
                }}
              >
                {(button) => (
                  <Button {...button} variant="default" size="md">
                    {t('photo.choose')}
                  </Button>
                )}
              </FileButton>
              {photo && (
                <Button variant="default" size="md" loading={removing.isPending} onClick={() => removing.mutate()}>
                  {t('photo.remove')}
                </Button>
              )}
            </div>
          </>
        )}
        {why && (
          <Alert tone="careful" role="alert">
            {t(`photo.${why}`)}
          </Alert>
        )}
        <FailureAlert failure={query.error ?? removing.error} />
      </Stack>
    </Section>
  );
}
