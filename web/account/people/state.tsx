// SPDX-License-Identifier: Apache-2.0
import { Badge } from '../../components/badge.tsx';
import type { Account } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';

/** What keeps an account from being used, or makes it safer. */
export function State({ account }: { account: Account }) {
  const { t } = useLanguage();
  if (account.disabled) return <Badge tone="bad">{t('person.disabled')}</Badge>;
  if (!account.hasPassword) return <Badge tone="careful">{t('person.noPassword')}</Badge>;
  if (account.hasSecondFactor) return <Badge tone="good">{t('person.factor')}</Badge>;
  return null;
}
