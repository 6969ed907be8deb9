// SPDX-License-Identifier: Apache-2.0
// A posture's values as people read them.
import type { PostureMeasureName, PostureView } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { isSide } from './points.ts';
import { oneOf, partIn } from './words.ts';

export function useValueWords(view: PostureView) {
  const { t, number } = useLanguage();
  return {
    // Of a rounded zero no sign is left.
    signed: (value: number) => (value > 0 ? `+${number(value)}` : number(value || 0).replace('-', '−')),
    named: (measure: PostureMeasureName, part: string, side: 'left' | 'right' | null) => {
      const of = partIn(part);
      return [
        t(`sensed.measure.${measure}`),
        of && t(isSide(view) ? oneOf(of) : `posture.part.${of}`),
        side && t(`side.${side}`),
      ]
        .filter(Boolean)
        .join(', ');
    },
    /** Of a value's part, as "back_ear", what follows the view. */
    afterView: (part: string | null) => (part ?? '').slice(view.length + 1),
  };
}
