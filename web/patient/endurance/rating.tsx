// SPDX-License-Identifier: Apache-2.0
// How hard it is, and how short of breath: before, during, after.
import { Stack } from '@mantine/core';
import type { EffortScale } from 'reprise-engine';
import { Scale } from '../../components/scale.tsx';
import { SCALE_ENDS } from '../../fhir/endurance.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Rating } from './values.ts';

export function RatingFields({
  scale,
  rating: { effort, breathlessness },
  attempted,
  atRest = false,
  onRating,
}: {
  scale: EffortScale;
  rating: Rating;
  /** Missing answers are marked. */
  attempted: boolean;
  /** Before the start. */
  atRest?: boolean;
  onRating: (change: Partial<Rating>) => void;
}) {
  const { t } = useLanguage();
  return (
    <Stack gap="lg">
      <Scale
        label={t(`endurance.rate.${atRest ? 'rest' : 'effort'}.${scale}`)}
        {...SCALE_ENDS[scale]}
        value={effort}
        onValue={(value) => onRating({ effort: value })}
        least={t('endurance.rate.effort.least')}
        most={t('endurance.rate.effort.most')}
        invalid={attempted && effort === undefined}
      />
      <Scale
        label={t('endurance.rate.breath')}
        value={breathlessness}
        onValue={(value) => onRating({ breathlessness: value })}
        least={t('endurance.rate.breath.least')}
        most={t('endurance.rate.breath.most')}
        invalid={attempted && breathlessness === undefined}
      />
    </Stack>
  );
}
