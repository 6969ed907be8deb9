// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../translations/language.tsx';
import type { Looked } from './events.ts';

/** Returns the text on how often and when a user viewed a record; the same for patients and administrators. */
export function useLookedWords() {
  const { t, counted, moment } = useLanguage();
  return ({ opened, listed }: Looked) =>
    [
      ...(opened ? [counted('looked.times', opened.times), t('looked.last', { when: moment(opened.last) })] : []),
      ...(listed
        ? [`${counted('looked.listed', listed.times)} (${t('looked.last', { when: moment(listed.last) })})`]
        : []),
    ].join(' · ');
}
