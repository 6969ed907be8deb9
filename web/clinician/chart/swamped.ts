// SPDX-License-Identifier: Apache-2.0
// A range that is told in words instead of drawn, because its uncertainty is as large as its target.
import { doubtOf } from '../../fhir/amount.ts';
import { useAmount } from '../../hooks/use_amount.ts';
import { useLanguage } from '../../translations/language.tsx';
import { changeOf, isSwamped, type Measurable } from '../../clinical/chart/goals.ts';
import { limitsFor } from '../../clinical/chart/order_for.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';

/** Those words; nothing where it may be drawn. Chart and report say the same. */
export function useSwamped({ from, prescription }: Chart) {
  const { t, counted } = useLanguage();
  const { amount, change: changed } = useAmount();
  return (one: Measurable): string | undefined => {
    const target = one.kind === 'range' ? limitsFor(prescription, one)?.target : undefined;
    const change = changeOf([one], from, one.rising);
    if (
      target === undefined ||
      !change ||
      !isSwamped(
        one.points.filter(({ at }) => at >= from),
        target,
        change,
      )
    )
      return undefined;
    const { unit, measure } = one;
    return t('chart.swamped', {
      days: counted('chart.days', change.days),
      now: amount(change.now, unit, measure, change.uncertainty),
      target: amount(target, unit, measure),
      change: changed(change.first, change.now, unit, measure, doubtOf(change.uncertainty, change.uncertaintyAtFirst)),
    });
  };
}
