// SPDX-License-Identifier: Apache-2.0
// The texts about load sensors, in the reader's language.
import { useLanguage } from '../../translations/language.tsx';
import { useWornWords } from '../session/sensors/words.ts';
import type { Asked } from './asked.ts';
import type { LoadNow, Stop } from './load_coach.ts';

export function useLoadWords({ side }: Asked) {
  const { t } = useLanguage();
  const { place } = useWornWords();
  return {
    /** What to do now, while the sensors are set up. */
    step: (step: LoadNow['step']) => t(step === 'stand' ? `load.step.stand.${side}` : `load.step.${step}`),
    /** Why the attempt before failed. */
    trouble: (trouble: NonNullable<LoadNow['trouble']>) =>
      t(trouble === 'exchanged' ? `load.trouble.exchanged.${side}` : `load.trouble.${trouble}`),
    problem: ({ kind, place: of }: Stop) => t(`load.problem.${kind}`, { place: of === undefined ? '' : place(of) }),
  };
}
