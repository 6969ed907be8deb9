// SPDX-License-Identifier: Apache-2.0
// The photos of posture that the record keeps with the patient's consent: looked at one at a time or compared, erased.
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../../components/dialog.tsx';
import { QueryBoundary } from '../../../components/query_boundary.tsx';
import { Section } from '../../../components/section.tsx';
import { reload } from '../../../data/query_client.ts';
import { queryKeys } from '../../../data/query_keys.ts';
import type { ConsentAnswer } from '../../../fhir/consents.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { Comparison, OnePhoto } from './comparison.tsx';
import { erasePhoto, loadPhotos, type KeptPhoto } from './photo_record.ts';

interface Chosen {
  after: string;
  /** Undefined: one photo alone. */
  before: string | undefined;
}

function PhotoList({ patient, photos }: { patient: string; photos: readonly KeptPhoto[] }) {
  const { t, moment } = useLanguage();
  const [chosen, setChosen] = useState<Chosen>();
  const [erasing, setErasing] = useState<KeptPhoto>();
  const kept = photos.filter(({ address }) => address !== undefined);
  const after = kept.find(({ id }) => id === chosen?.after);
  const others = kept.filter(
    ({ id, view, at }) => after && id !== after.id && view === after.view && Date.parse(at) <= Date.parse(after.at),
  );
  const before = others.find(({ id }) => id === chosen?.before);
  const nameOf = ({ at, view }: KeptPhoto) => `${moment(at)}, ${t(`posture.view.${view}`)}`;
  return (
    <>
      <ul className="photo-list">
        {photos.map((photo) => (
          <li key={photo.id} data-erased={photo.address === undefined || undefined}>
            <span>
              {nameOf(photo)}
              <span className="small">
                {' '}
                {t(
                  photo.address === undefined
                    ? 'posture.photos.erased'
                    : photo.faceHidden
                      ? 'posture.photos.hidden'
                      : 'posture.photos.face',
                )}
              </span>
            </span>
            {photo.address !== undefined && (
              <span className="actions">
                <Button
                  variant="default"
                  aria-label={t('posture.photos.show.of', { photo: nameOf(photo) })}
                  onClick={() => setChosen({ after: photo.id, before: undefined })}
                >
                  {t('posture.photos.show')}
                </Button>
                <Button
                  variant="default"
                  aria-label={t('posture.photos.erase.of', { photo: nameOf(photo) })}
                  onClick={() => setErasing(photo)}
                >
                  {t('posture.photos.erase')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {after && (
        <div className="comparing">
          {others.length > 0 ? (
            <NativeSelect
              label={t('posture.compare.with', { photo: nameOf(after) })}
              data={[
                { value: '', label: t('posture.compare.alone') },
                ...others.map((one) => ({ value: one.id, label: nameOf(one) })),
              ]}
              value={before?.id ?? ''}
              onChange={(event) => setChosen({ after: after.id, before: event.currentTarget.value || undefined })}
            />
          ) : (
            <p className="small">{t('posture.compare.noOther', { photo: nameOf(after) })}</p>
          )}
          {before ? (
            <Comparison key={before.id + after.id} patient={patient} before={before} after={after} />
          ) : (
            <OnePhoto key={after.id} patient={patient} photo={after} />
          )}
        </div>
      )}
      {erasing && (
        <Erase patient={patient} photo={erasing} name={nameOf(erasing)} onClose={() => setErasing(undefined)} />
      )}
    </>
  );
}

interface EraseProps {
  patient: string;
  photo: KeptPhoto;
  name: string;
  onClose: () => void;
}

function Erase({ patient, photo, name, onClose }: EraseProps) {
  const { t } = useLanguage();
  return (
    <Confirm
      title={t('posture.photos.ask')}
      text={t('posture.photos.askWhat', { photo: name })}
      action={t('posture.photos.erase')}
      onClose={onClose}
      onConfirm={async () => {
        await erasePhoto(photo.id);
        await reload(queryKeys.posturePhotos(patient));
      }}
    />
  );
}

export function PosturePhotos({ patient, consent }: { patient: string; consent: ConsentAnswer }) {
  const { t } = useLanguage();
  // Another answer may have erased them all.
  const queryKey = [...queryKeys.posturePhotos(patient), consent.at];
  const query = useQuery({ queryKey, queryFn: () => loadPhotos(patient) });
  return (
    <Section title={t('posture.photos')}>
      <p className="small">{t(`posture.photos.consent.${consent.state}`)}</p>
      <QueryBoundary query={query} keepsData>
        {(photos) =>
          photos.length === 0 ? (
            <p className="small">{t('posture.photos.none')}</p>
          ) : (
            <PhotoList patient={patient} photos={photos} />
          )
        }
      </QueryBoundary>
    </Section>
  );
}
