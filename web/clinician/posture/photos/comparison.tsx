// SPDX-License-Identifier: Apache-2.0
// One kept photo, or two of one view: beside each other or overlaid, with their points and the change of their values.
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Alert } from '../../../components/alert.tsx';
import { Choices } from '../../../components/choices.tsx';
import { QueryBoundary } from '../../../components/query_boundary.tsx';
import { loadPicture } from '../../../data/kept_picture.ts';
import { queryKeys } from '../../../data/query_keys.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { loadEarlier } from '../record.ts';
import { ComparedValues } from './compared_values.tsx';
import type { KeptPhoto } from './photo_record.ts';
import { layerOf, Stage, type Layer } from './stage.tsx';

async function loadLayer(photo: KeptPhoto): Promise<Layer> {
  const [picture, posture] = await Promise.all([
    loadPicture(photo.address ?? ''),
    photo.posture && loadEarlier(photo.posture),
  ]);
  return layerOf(photo, picture, posture);
}

const useLayer = (patient: string, photo: KeptPhoto) =>
  useQuery({ queryKey: queryKeys.posturePhoto(patient, photo.id), queryFn: () => loadLayer(photo) });

/** One photo with its points. */
export function OnePhoto({ patient, photo }: { patient: string; photo: KeptPhoto }) {
  const query = useLayer(patient, photo);
  return (
    <QueryBoundary query={query}>
      {(layer) => (
        <div className="photo-pair">
          <Figure layer={layer} which="after" marked />
        </div>
      )}
    </QueryBoundary>
  );
}

function Figure({ layer, which, marked }: { layer: Layer; which: 'before' | 'after'; marked: boolean }) {
  const { t, moment } = useLanguage();
  const { photo } = layer;
  const words = { view: t(`posture.view.${photo.view}`), day: moment(photo.at) };
  return (
    <figure>
      <Stage layers={[{ layer, which, opacity: 1 }]} label={t('posture.compare.photo', words)} marked={marked} />
      <figcaption>
        <span className={`key ${which}`} aria-hidden="true" /> {moment(photo.at)}
      </figcaption>
    </figure>
  );
}

function Overlaid({ before, after, marked }: { before: Layer; after: Layer; marked: boolean }) {
  const { t, moment } = useLanguage();
  const [share, setShare] = useState(50);
  const id = useId();
  const words = { before: moment(before.photo.at), after: moment(after.photo.at) };
  return (
    <div className="photo-pair">
      <figure>
        <Stage
          layers={[
            { layer: before, which: 'before', opacity: 1 },
            { layer: after, which: 'after', opacity: share / 100 },
          ]}
          label={t('posture.compare.both', words)}
          marked={marked}
        />
        <figcaption>
          <label htmlFor={id}>{t('posture.compare.share', { after: words.after, share })}</label>
          <input
            id={id}
            type="range"
            min={0}
            max={100}
            step={5}
            value={share}
            onChange={(event) => setShare(Number(event.currentTarget.value))}
          />
          <span className="keys">
            <span className="key before" aria-hidden="true" /> {words.before}{' '}
            <span className="key after" aria-hidden="true" /> {words.after}
          </span>
        </figcaption>
      </figure>
    </div>
  );
}

const WAYS = ['beside', 'overlaid'] as const;

function Both({ before, after }: { before: Layer; after: Layer }) {
  const { t } = useLanguage();
  const [way, setWay] = useState<(typeof WAYS)[number]>('beside');
  const [marked, setMarked] = useState(true);
  const aligned = before.alignment !== undefined && after.alignment !== undefined;
  const { view } = after.photo;
  const levels = [before, after].filter(({ photo }) => photo.roll_deg === null);
  return (
    <>
      {aligned && (
        <Choices
          label={t('posture.compare.way')}
          choices={WAYS.map((value) => ({ value, label: t(`posture.compare.way.${value}`) }))}
          value={way}
          onValue={setWay}
        />
      )}
      <Switch
        label={t('posture.compare.marked')}
        checked={marked}
        onChange={(event) => setMarked(event.currentTarget.checked)}
      />
      <p className="small">{t(aligned ? 'posture.compare.aligned' : 'posture.compare.unaligned')}</p>
      {aligned && levels.length > 0 && <p className="small">{t('posture.compare.level')}</p>}
      {aligned && way === 'overlaid' ? (
        <Overlaid before={before} after={after} marked={marked} />
      ) : (
        <div className="photo-pair">
          <Figure layer={before} which="before" marked={marked} />
          <Figure layer={after} which="after" marked={marked} />
        </div>
      )}
      {before.posture && after.posture ? (
        <ComparedValues view={view} before={before.posture} after={after.posture} />
      ) : (
        <Alert tone="careful">{t('posture.compare.noValues')}</Alert>
      )}
    </>
  );
}

/** Two photos of one view, the earlier one first. */
export function Comparison({ patient, before, after }: { patient: string; before: KeptPhoto; after: KeptPhoto }) {
  const first = useLayer(patient, before);
  const second = useLayer(patient, after);
  return (
    <QueryBoundary query={first}>
      {(one) => <QueryBoundary query={second}>{(two) => <Both before={one} after={two} />}</QueryBoundary>}
    </QueryBoundary>
  );
}
