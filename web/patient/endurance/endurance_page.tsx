// SPDX-License-Identifier: Apache-2.0
import './endurance.css';
import { useLanguage } from '../../translations/language.tsx';
import { RequestedPage } from '../requests/requested_page.tsx';
import type { Place } from './address.ts';
import { findAsked } from './asked.ts';
import { WithKept } from './steps.tsx';

/** An endurance session. */
export function EndurancePage({ request }: Place) {
  const { t } = useLanguage();
  return (
    <RequestedPage
      request={request}
      find={findAsked}
      title={t('endurance.title')}
      unknown={t('endurance.unknown')}
      held={t('endurance.held')}
      steps={(props) => <WithKept {...props} />}
    />
  );
}
