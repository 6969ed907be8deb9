import { useLanguage } from '../../translations/language.tsx';
import type { Looked } from './events.ts';

/** How often and when somebody looked at a record; the patient and the administrator read the same. */
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
