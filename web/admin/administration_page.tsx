// SPDX-License-Identifier: Apache-2.0
import '../clinical/chart/chart.css';
import './administration.css';
import { Page } from '../components/section.tsx';
import { useLanguage } from '../translations/language.tsx';
import { addressOf, TABS, type Place } from './address.ts';
import { Backups } from './backups.tsx';
import { Consents } from './consents.tsx';
import { Erasure } from './erasure.tsx';
import { Log } from './log.tsx';
import { Overview } from './overview.tsx';
import { Patients } from './patients.tsx';
import { Settings } from './settings.tsx';
import { Link } from '../components/link.tsx';

/** Shows the parts of the administration: docs/operations/administration.md. */
export function AdministrationPage({ tab, patient }: Place) {
  const { t } = useLanguage();
  return (
    <Page title={t('adm.title')} lead={t('adm.lead')}>
      <nav className="subpages" aria-label={t('adm.tabs')}>
        {TABS.map((one) => (
          <Link key={one} href={addressOf(one)} current={one === tab}>
            {t(`adm.tab.${one}`)}
          </Link>
        ))}
      </nav>
      {tab === 'overview' && <Overview />}
      {tab === 'patients' && <Patients />}
      {tab === 'erasure' && <Erasure />}
      {tab === 'consents' && <Consents />}
      {tab === 'log' && <Log key={patient} patient={patient} />}
      {tab === 'backups' && <Backups />}
      {tab === 'settings' && <Settings />}
    </Page>
  );
}
