// SPDX-License-Identifier: Apache-2.0
// Posture in a photo: choose the view, take or choose the photo, check its points, accept the values. The photo stays
// in this page and goes when it is left.
import './posture.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Section } from '../../components/section.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useWho } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { ids, useAccept } from '../assess/accept.ts';
import { CameraPhoto } from './camera_photo.tsx';
import { Measuring } from './measuring.tsx';
import { readPhoto, type Photo } from './photo.ts';
import { loadEarlierAll } from './record.ts';
import { RecordedPostures } from './recorded.tsx';
import { ChoosePhoto, type Setup } from './setup.tsx';

type Ids = ReturnType<typeof ids>;
type Step = { kind: 'choose'; unreadable?: boolean } | { kind: 'camera' } | { kind: 'measure'; photo: Photo; of: Ids };
export function Posture({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const id = chart.standing.patient.id ?? '';
  const { simulated } = useWho(chart.standing);
  const [setup, setSetup] = useState<Setup>({ view: 'back', height_cm: undefined, mirrored: false });
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [accepted, setAccepted] = useState(false);
  const earlier = useQuery({ queryKey: queryKeys.posture(id), queryFn: () => loadEarlierAll(id) });

  const keep = useAccept(id, () => {
    setAccepted(true);
    setStep({ kind: 'choose' });
  }, [queryKeys.posture(id)]);
  const begin = (next: Step) => {
    setAccepted(false);
    keep.reset();
    setStep(next);
  };
  const measure = (photo: Photo) => begin({ kind: 'measure', photo, of: ids() });
  const read = (file: File) => readPhoto(file).then(measure, () => begin({ kind: 'choose', unreadable: true }));

  return (
    <div className="posture">
      <Section title={t('posture.title')}>
        <p className="small">{t('posture.lead')}</p>
        {accepted && step.kind === 'choose' && (
          <Alert tone="good" role="status">
            {t('posture.accepted')}
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
            earlier={earlier.data ?? []}
            busy={keep.isPending}
            failure={keep.error}
            onAccept={(result) =>
              keep.mutate({ result, of: { ...step.of, startedAt: step.photo.takenAt, duration_s: 0 } })
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
    </div>
  );
}
