// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../translations/language.tsx';
import type { Ends } from './model.ts';

/** "4", or "4 to 6". */
export function useRangeWords() {
  const { t } = useLanguage();
  return ([least, most]: Ends, shown: (value: number) => string = String) =>
    shown(least) === shown(most) ? shown(least) : t('workload.to', { least: shown(least), most: shown(most) });
}
