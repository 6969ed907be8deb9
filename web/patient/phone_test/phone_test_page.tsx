// SPDX-License-Identifier: Apache-2.0
import './phone_test.css';
import type { PhoneTest, PhoneTestRequest, Programme } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { RequestedPage } from '../requests/requested_page.tsx';
import type { Place } from './address.ts';
import { Steps } from './steps.tsx';

const isOffered = (one: PhoneTestRequest): one is PhoneTestRequest & { test: PhoneTest } =>
  one.test !== null && one.problem === null;

const find = ({ tests }: Programme, request: string | undefined) =>
  tests.filter(isOffered).find((one) => one.request === request);

/** A test with the phone. */
export function PhoneTestPage({ request }: Place) {
  const { t } = useLanguage();
  return (
    <RequestedPage
      request={request}
      find={find}
      title={t('phone.title')}
      unknown={t('phone.unknown')}
      held={t('phone.held')}
      steps={(props) => <Steps {...props} />}
    />
  );
}
