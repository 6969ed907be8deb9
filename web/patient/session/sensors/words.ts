// SPDX-License-Identifier: Apache-2.0
// The texts about worn sensors, in the reader's language.
import { RepriseError } from 'reprise-programme';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage, type Key } from '../../../translations/language.tsx';
import type { WornNow } from './sensor_coach.ts';
import { swingsLeg, type Way } from './ways.ts';
import type { WornProblem } from './worn_state.ts';

export function useWornWords() {
  const { t } = useLanguage();
  /** `place`: "left_thigh"; of a muscle's sensor its side. */
  const place = (name: string) => t(`worn.place.${name}` as Key);
  return {
    place,
    problem: ({ kind, place: of }: Pick<WornProblem, 'kind' | 'place'>) =>
      t(`worn.problem.${kind}`, { place: of === undefined ? '' : place(of) }),
    /** Where a sensor sits, as a picture in words. */
    where: (name: string, { order }: Prescribed, way: Way) =>
      way === 'muscle' && order.muscle
        ? `${t(`muscle.where.${order.muscle.muscle}`)} ${t('worn.electrodes')}`
        : t(`worn.where.${name.replace(/^(left|right)_/, '')}` as Key),
    /** What to do now, while the sensors are set up. */
    step: (step: WornNow['step'], prescribed: Prescribed) =>
      t(
        step === 'pose' || step === 'movement'
          ? `worn.step.${step}.${swingsLeg(prescribed) ? 'leg' : 'arm'}`
          : `worn.step.${step}`,
      ),
    /** Undefined: not a sensor that does not fit, so the usual reasons. */
    failure: (failure: unknown) => (failure instanceof RepriseError ? t('worn.unfit') : undefined),
    /** Which muscle, with its side. */
    muscle: ({ order }: Prescribed) =>
      order.muscle ? `${t(`muscle.${order.muscle.muscle}`)}, ${place(order.muscle.side)}` : '',
  };
}
