// SPDX-License-Identifier: Apache-2.0
import { useLanguage, type Key } from '../translations/language.tsx';
import { amountIn, shownDifference } from '../fhir/amount.ts';

/** Ratios that are no share of a leg's length. */
const SHARES: Partial<Record<string, Key>> = {
  knee_separation: 'unit.ofAnkles',
  muscle_activity: 'unit.ofContraction',
};

/** Formats amounts in the user's language. `measure`: the measure of a ratio (docs/reference/frames-and-units.md). */
export function useAmount() {
  const { t } = useLanguage();
  const unit = (code: string, measure: string | undefined) =>
    code === 'deg'
      ? '°'
      : code === '1'
        ? t(measure === undefined ? 'unit.ratio' : (SHARES[measure] ?? 'unit.ofLeg'))
        : t('unit.points');
  const named = (text: string, code: string, measure: string | undefined) =>
    code === '1' && measure !== undefined ? `${text} ${unit(code, measure)}` : text;
  const amount = (value: number, code: string, measure?: string, uncertainty?: number) =>
    named(
      amountIn(value, code) + (uncertainty === undefined ? '' : ` ± ${amountIn(uncertainty, code)}`),
      code,
      measure,
    );
  const change = (from: number, to: number, code: string, measure?: string, doubt?: number) => {
    const by = shownDifference(from, to, code);
    const sign = by > 0 ? '+' : by < 0 ? '−' : '';
    const give = doubt === undefined ? '' : ` ± ${amountIn(doubt, code)}`;
    return named(`${sign}${amountIn(Math.abs(by), code)}${give}`, code, measure);
  };
  return { amount, change, unit };
}
