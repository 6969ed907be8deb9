import { Notice } from '../../components/mark.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** What the rules rest on, and who answers for a claim. */
export function Standing() {
  const { t } = useLanguage();
  return <Notice tone="careful">{t('rtm.standing')}</Notice>;
}
