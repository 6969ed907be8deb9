// SPDX-License-Identifier: Apache-2.0
// A measured value with its uncertainty. Pure.
import type { MeasuredNow } from 'reprise-engine';
import type { Language } from '../../translations/language.tsx';

const digitsOf = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);

/** "12.3 ± 0.4 s" */
export function amountOf(
  { value, unit, uncertainty }: Pick<MeasuredNow, 'value' | 'unit' | 'uncertainty'>,
  language: Language,
): string {
  const shown = new Intl.NumberFormat(language, { maximumFractionDigits: digitsOf(value) });
  const give = uncertainty === null ? '' : ` ± ${shown.format(uncertainty)}`;
  return `${shown.format(value)}${give}${unit === '' ? '' : ` ${unit}`}`;
}
