// SPDX-License-Identifier: Apache-2.0
import '../session/sensors/sensors.css';
import './load_walk.css';
import { useLanguage } from '../../translations/language.tsx';
import { RequestedPage } from '../requests/requested_page.tsx';
import { findAsked } from './asked.ts';
import { Steps } from './steps.tsx';

/** Walking with load sensors. */
export function LoadWalkPage() {
  const { t } = useLanguage();
  return (
    <RequestedPage
      request={undefined}
      find={findAsked}
      title={t('load.title')}
      unknown={t('load.unknown')}
      held={t('endurance.held')}
      steps={(props) => <Steps {...props} />}
    />
  );
}
