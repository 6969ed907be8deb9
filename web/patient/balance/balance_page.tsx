// SPDX-License-Identifier: Apache-2.0
import './balance.css';
import '../phone_test/phone_test.css';
import type { Programme } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { RequestedPage } from '../requests/requested_page.tsx';
import type { Place } from './address.ts';
import { WithKept } from './steps.tsx';

const find = ({ balance }: Programme, request: string | undefined) =>
  balance.find((one) => one.request === request && one.problem === null);

/** A session of a balance programme. */
export function BalancePage({ request }: Place) {
  const { t } = useLanguage();
  return (
    <RequestedPage
      request={request}
      find={find}
      title={t('balance.title')}
      unknown={t('balance.unknown')}
      held={t('balance.held')}
      steps={(props) => <WithKept {...props} />}
    />
  );
}
