// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../translations/language.tsx';
import type { Prescribed } from './prescribed.ts';

/**
 * The prescribed dose. `hold`: seconds, of an exercise that is held. `load`: kilograms. `side`: null if it stands
 * beside the dose or there is none. `days`: of a week; null of a single day.
 */
export interface Dose {
  sets: number;
  repetitions: number;
  hold: number | null;
  load: number | null;
  side: 'left' | 'right' | 'both' | null;
  days: number | null;
}

/** `side`: false where it stands beside the dose. */
export const doseOf = ({ order }: Pick<Prescribed, 'order'>, side = true): Dose => ({
  sets: order.sets,
  repetitions: order.repetitions,
  hold: order.hold_s,
  load: order.load_kg,
  side: side ? order.side : null,
  days: order.daysPerWeek,
});

/** How much of an exercise, in the reader's words: all that the dose says. */
export function useDose() {
  const { t, number, counted } = useLanguage();
  return ({ sets, repetitions, hold, load, side, days }: Dose) =>
    [
      hold === null
        ? t('dose.repetitions', { sets, repetitions })
        : t('dose.hold', { sets, repetitions, seconds: number(hold) }),
      ...(load === null ? [] : [t('dose.load', { load: number(load) })]),
      ...(side === null ? [] : [t(`plan.side.${side}`)]),
      ...(days === null ? [] : [days === 7 ? t('dose.daily') : counted('dose.days', days)]),
    ].join(', ');
}
