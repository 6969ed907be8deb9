// SPDX-License-Identifier: Apache-2.0
// Posture in a photo: choose the view, take or choose the photo, check its points, accept the values. The photo stays
// in this page and goes when it is left, unless the patient agrees to keeping it and the clinician does.
import './posture.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Section } from '../../components/section.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { consentAnswer } from '../../fhir/consents.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useWho } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { ids, useAccept } from '../assess/accept.ts';
import { CameraPhoto } from './camera_photo.tsx';
import { Measuring } from './measuring.tsx';
import { readPhoto, type Photo } from './photo.ts';
import { PosturePhotos } from './photos/photos.tsx';
import { loadEarlierAll } from './record.ts';
import { RecordedPostures } from './recorded.tsx';
import { ChoosePhoto, type Setup } from './setup.tsx';

type Ids = ReturnType<typeof ids>;
type Step =
  | { kind: 'choose'; unreadable?: boolean }
  | { kind: 'camera' }
  | { kind: 'measure'; photo: Photo; of: Ids; kept: string };

export function Posture({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const id = chart.standing.patient.id ?? '';
  const { simulated, name } = useWho(chart.standing);
  const consent = consentAnswer(chart.standing.consents, 'posture-photo');
  const [setup, setSetup] = useState<Setup>({
    view: 'back',
    scale: 'height',
    height_cm: undefined,
    marks_cm: undefined,
    mirrored: false,
  });
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [accepted, setAccepted] = useState<'values' | 'photo'>();
  const earlier = useQuery({ queryKey: queryKeys.posture(id), queryFn: () => loadEarlierAll(id) });

  const keep = useAccept(
    id,
    ({ photo }) => {
      setAccepted(photo ? 'photo' : 'values');
      setStep({ kind: 'choose' });
    },
    [queryKeys.posture(id), queryKeys.posturePhotos(id)],
  );
  const begin = (next: Step) => {
    setAccepted(undefined);
    keep.reset();
    setStep(next);
  };
  const measure = (photo: Photo) => begin({ kind: 'measure', photo, of: ids(), kept: crypto.randomUUID() });
  const read = (file: File) => readPhoto(file).then(measure, () => begin({ kind: 'choose', unreadable: true }));

  return (
    <div className="posture">
      <Section title={t('posture.title')}>
        <p className="small">
          {t('posture.lead')} {t(consent.state === 'yes' ? 'posture.lead.agreed' : 'posture.lead.notKept')}
        </p>
        {accepted && step.kind === 'choose' && (
          <Alert tone="good" role="status">
            {t(accepted === 'photo' ? 'posture.accepted.photo' : 'posture.accepted')}
          </Alert>
        )}
        {step.kind === 'choose' && step.unreadable && (
          <Alert tone="careful" role="alert">
            {t('posture.noPhoto')}
          </Alert>
        )}
        {step.kind === 'choose' && (
          <ChoosePhoto
            setup={setup}
            onSetup={setSetup}
            onCamera={() => begin({ kind: 'camera' })}
            onFile={(file) => void read(file)}
          />
        )}
        {step.kind === 'camera' && <CameraPhoto onPhoto={measure} onLeave={() => begin({ kind: 'choose' })} />}
        {step.kind === 'measure' && (
          <Measuring
            key={step.of.id}
            photo={step.photo}
            setup={setup}
            onSetup={setSetup}
            simulated={simulated}
            keeping={{ agreed: consent.state === 'yes', name, id: step.kept }}
            earlier={earlier.data ?? []}
            busy={keep.isPending}
            failure={keep.error}
            onAccept={(result, photo) =>
              keep.mutate({ result, of: { ...step.of, startedAt: step.photo.takenAt, duration_s: 0 }, photo })
            }
            onDiscard={() => begin({ kind: 'choose' })}
          />
        )}
      </Section>
      <Section title={t('posture.recorded')}>
        <QueryBoundary query={earlier} keepsData>
          {(postures) => <RecordedPostures postures={postures} />}
        </QueryBoundary>
      </Section>
      <PosturePhotos patient={id} consent={consent} />
    </div>
  );
}
