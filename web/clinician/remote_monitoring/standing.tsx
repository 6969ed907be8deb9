// SPDX-License-Identifier: Apache-2.0
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** What the rules rest on, and who answers for a claim. */
export function Standing() {
  const { t } = useLanguage();
  return <Alert tone="careful">{t('rtm.standing')}</Alert>;
}
