// SPDX-License-Identifier: Apache-2.0
// Load at work: postures in a clip by RULA, REBA or OWAS, or a lift by the NIOSH equation; accepted or discarded.
import '../clips/clips.css';
import './work_load.css';
import { useState } from 'react';
import type { WorkMethod } from 'reprise-engine';
import { useWho } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Alert } from '../../components/alert.tsx';
import { Choices } from '../../components/choices.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useAccept } from '../assess/accept.ts';
import { useReader } from '../clips/watch.tsx';
import type { Keep } from './keep.ts';
import { Lifting } from './lifting.tsx';
import { WorkClip } from './work_clip.tsx';

const METHODS = ['rula', 'reba', 'owas', 'niosh'] as const;

export function WorkLoad({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const id = chart.standing.patient.id ?? '';
  const { simulated } = useWho(chart.standing);
  const [method, setMethod] = useState<(typeof METHODS)[number]>('rula');
  /** The clip stays while a lift is typed in. */
  const [ofClip, setOfClip] = useState<WorkMethod>('rula');
  const [accepted, setAccepted] = useState({ clips: 0, lifts: 0 });
  const [shown, setShown] = useState(false);
  const reader = useReader();
  const keep = useAccept(id, () => {
    const { clips, lifts } = accepted;
    setAccepted(method === 'niosh' ? { clips, lifts: lifts + 1 } : { clips: clips + 1, lifts });
    setShown(true);
  });
  const kept: Keep = {
    busy: keep.isPending,
    failure: keep.error,
    onAccept: (accepting) => keep.mutate(accepting),
    onBegin: () => {
      keep.reset();
      setShown(false);
    },
  };
  return (
    <div className="clip-page work-load">
      <Section title={t('workload.title')}>
        <p className="small">{t(method === 'niosh' ? 'workload.lift.lead' : 'workload.lead')}</p>
        {shown && (
          <Alert tone="good" role="status">
            {t('rom.accepted')}
          </Alert>
        )}
        <div inert={keep.isPending}>
          <Choices
            label={t('workload.method')}
            choices={METHODS.map((value) => ({ value, label: t(`workload.method.${value}`) }))}
            value={method}
            onValue={(value) => {
              kept.onBegin();
              setMethod(value);
              if (value !== 'niosh') setOfClip(value);
            }}
          />
        </div>
        <Lifting key={`lift ${accepted.lifts}`} hidden={method !== 'niosh'} simulated={simulated} keep={kept} />
        <WorkClip
          key={`clip ${accepted.clips}`}
          method={ofClip}
          hidden={method === 'niosh'}
          simulated={simulated}
          reader={reader}
          keep={kept}
        />
      </Section>
    </div>
  );
}
