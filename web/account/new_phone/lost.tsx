// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { SessionsSection } from '../../components/sessions_section.tsx';
import { useAccount } from '../../data/session.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { PasskeysSection } from '../passkeys/passkeys_section.tsx';
import { PasswordSection } from '../password_section.tsx';
import { Step } from './step.tsx';
import { SignInThere } from './ways_in.tsx';

/** From another device: the most urgent first. */
export function Lost() {
  const { t, counted } = useLanguage();
  const { account, session } = useAccount();
  const left = session.recoveryCodesLeft;
  const patient = account.role === 'patient';
  let number = 0;
  const next = () => ++number;
  return (
    <>
      <Step number={next()} title={t('newPhone.end')}>
        <p>{t('newPhone.end.what')}</p>
        {patient && <p className="note">{t('newPhone.end.offline')}</p>}
      </Step>
      <SessionsSection />
      <Step number={next()} title={t('newPhone.remove')}>
        <p>{t('newPhone.remove.what')}</p>
      </Step>
      <PasskeysSection />
      <Step number={next()} title={t('newPhone.password')}>
        <p>{t('newPhone.password.what')}</p>
      </Step>
      <PasswordSection />
      {account.hasSecondFactor && (
        <Step number={next()} title={t('newPhone.factorLost')}>
          <p>
            {t('newPhone.factorLost.what')} {left !== undefined && counted('newPhone.codes', left)}
          </p>
        </Step>
      )}
      {patient && (
        <Step number={next()} title={t('newPhone.unsent')}>
          <p>{t('newPhone.unsent.what')}</p>
          <Button variant="default" onClick={() => go('/messages')}>
            {t('newPhone.write')}
          </Button>
        </Step>
      )}
      <Step number={next()} title={t('newPhone.signIn')}>
        <SignInThere />
      </Step>
    </>
  );
}
