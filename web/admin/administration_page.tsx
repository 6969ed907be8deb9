import '../clinical/chart/chart.css';
import './administration.css';
import { Page } from '../components/section.tsx';
import { useLanguage } from '../translations/language.tsx';
import { addressOf, TABS, usePlace } from './address.ts';
import { Backups } from './backups.tsx';
import { Consents } from './consents.tsx';
import { Erasure } from './erasure.tsx';
import { Log } from './log.tsx';
import { Overview } from './overview.tsx';
import { Patients } from './patients.tsx';
import { Settings } from './settings.tsx';
import { NavLink } from './nav_link.tsx';

/** What administrators look after: docs/operations/administration.md. */
export function AdministrationPage() {
  const { t } = useLanguage();
  const { tab, patient } = usePlace();
  return (
    <Page title={t('adm.title')} lead={t('adm.lead')}>
      <nav className="tabs" aria-label={t('adm.tabs')}>
        {TABS.map((one) => (
          <NavLink key={one} address={addressOf(one)} here={one === tab}>
            {t(`adm.tab.${one}`)}
          </NavLink>
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
