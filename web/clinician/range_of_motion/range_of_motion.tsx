// SPDX-License-Identifier: Apache-2.0
// A range of motion: choose the test, measure it by camera, phone or goniometer, accept or discard the result.
import './range_of_motion.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Alert } from '../../components/alert.tsx';
import { Section } from '../../components/section.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { ageOn } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useWho } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Choose, FIRST_CHOICE, type Choice } from './choose.tsx';
import { Filming } from './filming.tsx';
import { loadRecorded, type Recorded } from '../../clinical/recorded_ranges.ts';
import { useAccept } from '../assess/accept.ts';
import { summed, type Measurement } from './measured.ts';
import { Readings } from './readings.tsx';
import { RecordedRanges } from './recorded.tsx';
import { Result, type Summed } from './result.tsx';

type Step =
  | { kind: 'choose' }
  /** `file`: a video instead of the camera. */
  | { kind: 'film'; file?: File }
  | { kind: 'read' }
  | { kind: 'result'; measurement: Measurement; summed: Summed };

/** The newest value by the same method: other methods err otherwise. */
const lastOf = ({ test, passive, method, trials: [first] }: Measurement, values: readonly Recorded[]) =>
  values.find(
    (one) =>
      one.test === test.id &&
      one.passive === passive &&
      one.method === method &&
      one.side === (first?.side ?? undefined),
  );

export function RangeOfMotion({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const { patient } = chart.standing;
  const id = patient.id ?? '';
  const { simulated } = useWho(chart.standing);
  const [choice, setChoice] = useState<Choice>(FIRST_CHOICE);
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [accepted, setAccepted] = useState(false);
  const recorded = useQuery({ queryKey: queryKeys.rangeOfMotion(id), queryFn: () => loadRecorded(id) });

  const sum = useMutation({
    mutationFn: async (measurement: Measurement) => {
      const of = { age: ageOn(patient.birthDate, new Date()), sex: patient.gender };
      return { measurement, summed: await summed(measurement, of, simulated) };
    },
    // Left meanwhile: nothing is shown.
    onSuccess: (done) =>
      setStep((now) => (now.kind === 'film' || now.kind === 'read' ? { kind: 'result', ...done } : now)),
  });
  const keep = useAccept(id, () => {
    setAccepted(true);
    setStep({ kind: 'choose' });
  }, [queryKeys.rangeOfMotion(id)]);
  const begin = (next: Step) => {
    setAccepted(false);
    sum.reset();
    keep.reset();
    setStep(next);
  };
  const choose = () => begin({ kind: 'choose' });

  return (
    <div className="range-of-motion">
      <Section title={t('rom.title')}>
        <p className="small">{t('rom.lead')}</p>
        {accepted && step.kind === 'choose' && (
          <Alert tone="good" role="status">
            {t('rom.accepted')}
          </Alert>
        )}
        {step.kind === 'choose' && (
          <Choose
            choice={choice}
            onChoice={(next) => {
              setAccepted(false);
              setChoice(next);
            }}
            onFilm={(file) => begin({ kind: 'film', ...(file && { file }) })}
            onRead={() => begin({ kind: 'read' })}
          />
        )}
        {step.kind === 'film' && (
          <Filming
            choice={choice}
            file={step.file}
            busy={sum.isPending}
            onDone={(measurement) => sum.mutate(measurement)}
            onLeave={choose}
          />
        )}
        {step.kind === 'read' && (
          <Readings choice={choice} onDone={(measurement) => sum.mutateAsync(measurement)} onLeave={choose} />
        )}
        {step.kind === 'result' && (
          <Result
            measurement={step.measurement}
            summed={step.summed}
            last={lastOf(step.measurement, recorded.data ?? [])}
            failure={keep.error}
            busy={keep.isPending}
            onAccept={() => keep.mutate({ result: step.summed, of: step.measurement })}
            onDiscard={choose}
          />
        )}
        {sum.error && step.kind !== 'result' && (
          <Alert tone="bad" role="alert">
            {t('rom.notSummed')} {sum.error.message}
          </Alert>
        )}
      </Section>
      <Section title={t('rom.recorded')}>
        <QueryBoundary query={recorded} keepsData>
          {(values) => <RecordedRanges values={values} />}
        </QueryBoundary>
      </Section>
    </div>
  );
}
