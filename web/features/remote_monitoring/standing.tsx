import { Notice } from '../../parts/mark.tsx';
import { useLanguage } from '../../source/language.tsx';

/** What the rules rest on, and who answers for a claim. */
export function Standing() {
  const { t } = useLanguage();
  return <Notice tone="careful">{t('rtm.standing')}</Notice>;
}
