// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { SessionsSection } from '../../components/sessions_section.tsx';
import { SignOut } from '../../components/sign_out.tsx';
import { useAccount } from '../../data/session.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { PasskeysSection } from '../passkeys/passkeys_section.tsx';
import { Step } from './step.tsx';
import { SignInThere, WaysIn } from './ways_in.tsx';

/** Both phones are at hand. Only patients' pages keep results until they are sent, and remind. */
export function Moving() {
  const { t } = useLanguage();
  const { account } = useAccount();
  const patient = account.role === 'patient';
  let number = 0;
  const next = () => ++number;
  return (
    <>
      {patient && (
        <Step number={next()} title={t('newPhone.send')}>
          <p>{t('newPhone.send.what')}</p>
          <OutboxStatus />
        </Step>
      )}
      <Step number={next()} title={t('newPhone.ways')}>
        <WaysIn />
      </Step>
      <Step number={next()} title={t('newPhone.signIn')}>
        <SignInThere />
      </Step>
      <Step number={next()} title={t('newPhone.add')}>
        <p>{t('newPhone.add.what')}</p>
      </Step>
      <PasskeysSection />
      {patient && !account.carer && (
        <Step number={next()} title={t('newPhone.reminders')}>
          <p>{t('newPhone.reminders.what')}</p>
          <Button variant="default" onClick={() => go('/reminders')}>
            {t('reminders.title')}
          </Button>
        </Step>
      )}
      <Step number={next()} title={t('newPhone.close')}>
        <p>{t(patient ? 'newPhone.close.patient' : 'newPhone.close.staff')}</p>
        <p>{t('newPhone.close.here')}</p>
        <SignOut />
        <p className="note">{t('newPhone.close.reset')}</p>
      </Step>
      <SessionsSection />
    </>
  );
}
