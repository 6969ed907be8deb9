import { Mark } from '../../components/mark.tsx';
import type { Account } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';

/** What keeps an account from being used, or makes it safer. */
export function State({ account }: { account: Account }) {
  const { t } = useLanguage();
  if (account.disabled) return <Mark tone="bad">{t('person.disabled')}</Mark>;
  if (!account.hasPassword) return <Mark tone="careful">{t('person.noPassword')}</Mark>;
  if (account.hasSecondFactor) return <Mark tone="good">{t('person.factor')}</Mark>;
  return null;
}
