// SPDX-License-Identifier: Apache-2.0
// Returns the name of a measurement in the reader's language.
import { useLanguage } from '../../translations/language.tsx';
import type { Measurable } from './goals.ts';
import type { Words } from './words.ts';

export function useMeasurableWords(words: Words) {
  const { t } = useLanguage();
  return ({ kind, exercise, name, side, measure, moment }: Measurable) => {
    if (kind === 'pain') return `${t('chart.pain')}, ${t(`chart.pain.${moment ?? 'unsaid'}`)}`;
    if (kind === 'effort') return t('chart.effort');
    if (kind === 'score') return name ?? '';
    return [
      words.exercise(exercise ?? '', name),
      words.side(side),
      kind === 'range' ? words.measure(measure) : t('chart.quality'),
    ]
      .filter(Boolean)
      .join(', ');
  };
}
