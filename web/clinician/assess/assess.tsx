// SPDX-License-Identifier: Apache-2.0
// The chart's assessments, one kind at a time.
import { useState } from 'react';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words } from '../../clinical/chart/words.ts';
import { Choices } from '../../components/choices.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { CameraTests } from '../camera_tests/camera_tests.tsx';
import { Restrictions } from './restrictions.tsx';
import { Posture } from '../posture/posture.tsx';
import { RangeOfMotion } from '../range_of_motion/range_of_motion.tsx';
import { VisitWatch } from '../visit_watch/visit_watch.tsx';
import { WorkLoad } from '../work_load/work_load.tsx';

const KINDS = ['range_of_motion', 'posture', 'gait', 'function', 'work_load', 'visit'] as const;

export function Assess({ chart, words }: { chart: Chart; words: Words }) {
  const { t } = useLanguage();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('range_of_motion');
  return (
    <>
      <Restrictions chart={chart} words={words} />
      <Choices
        label={t('assess.kind')}
        choices={KINDS.map((value) => ({ value, label: t(`assess.kind.${value}`) }))}
        value={kind}
        onValue={setKind}
      />
      {kind === 'range_of_motion' && <RangeOfMotion chart={chart} />}
      {kind === 'posture' && <Posture chart={chart} />}
      {(kind === 'gait' || kind === 'function') && <CameraTests key={kind} chart={chart} kind={kind} />}
      {kind === 'work_load' && <WorkLoad chart={chart} />}
      {kind === 'visit' && <VisitWatch chart={chart} />}
    </>
  );
}
