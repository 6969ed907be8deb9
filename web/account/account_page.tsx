// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { EmergencyList } from '../components/emergency_list.tsx';
import { Page, Section } from '../components/section.tsx';
import { SessionsSection } from '../components/sessions_section.tsx';
import type { EmergencyAccess } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { useAccount } from '../data/session.ts';
import { EventsSection } from './events_section.tsx';
import { NewPhoneEntry } from './new_phone/entry.tsx';
import { PhotoSection } from './photo_section.tsx';
import { PasskeysSection } from './passkeys/passkeys_section.tsx';
import { PasswordSection } from './password_section.tsx';
import { SecondFactorSection } from './second_factor_section.tsx';
import { TokensSection } from './tokens_section.tsx';
import { apiQuery } from '../data/api_query.ts';

function Emergencies({ title, lead, showPatient }: { title: string; lead: string; showPatient: boolean }) {
  return (
    <Section title={title}>
      <p className="note">{lead}</p>
      <EmergencyList
        query={useQuery(apiQuery<{ accesses: EmergencyAccess[] }>('emergency'))}
        showPatient={showPatient}
      />
    </Section>
  );
}

export function AccountPage() {
  const { t } = useLanguage();
  const { account } = useAccount();
  return (
    <Page
      title={t('account.title')}
      lead={
        <>
          <strong>{account.name}</strong> · {t(account.carer ? 'role.carer' : `role.${account.role}`)}
        </>
      }
    >
      {account.role === 'patient' && (
        <Emergencies title={t('emergency.mine')} lead={t('emergency.mine.lead')} showPatient={false} />
      )}
      {account.role === 'clinician' && <PhotoSection />}
      <PasswordSection />
      <PasskeysSection />
      <SecondFactorSection />
      <SessionsSection />
      <NewPhoneEntry />
      {!account.carer && <TokensSection />}
      <EventsSection />
      {account.role === 'administrator' && (
        <Emergencies title={t('emergency.all')} lead={t('emergency.all.lead')} showPatient />
      )}
    </Page>
  );
}
