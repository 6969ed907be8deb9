// SPDX-License-Identifier: Apache-2.0
import '../session/sensors/sensors.css';
import './load_walk.css';
import { useLanguage } from '../../translations/language.tsx';
import { hasBluetooth } from '../devices/link.ts';
import { RequestedPage } from '../requests/requested_page.tsx';
import { findAsked } from './asked.ts';
import { Steps } from './steps.tsx';

/** Walking with load sensors, in a browser that can connect to them. */
export function LoadWalkPage() {
  const { t } = useLanguage();
  return (
    <RequestedPage
      request={undefined}
      find={(programme) => (hasBluetooth() ? findAsked(programme) : undefined)}
      title={t('load.title')}
      unknown={t(hasBluetooth() ? 'load.unknown' : 'load.cannot')}
      held={t('endurance.held')}
      steps={(props) => <Steps {...props} />}
    />
  );
}
