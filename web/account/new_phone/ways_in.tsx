// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CopyableText } from '../../components/copyable_text.tsx';
import { AddressQr } from '../../components/address_qr.tsx';
import { apiQuery } from '../../data/api_query.ts';
import { useAccount } from '../../data/session.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Passkey } from '../../data/passkeys/passkey_data.ts';

/** With what this account signs in on a device that it has never used. */
export function WaysIn() {
  const { t, counted } = useLanguage();
  const { account, session } = useAccount();
  // Opened without a network, it asks again once there is one.
  const passkeys = useQuery({ ...apiQuery<{ passkeys: Passkey[] }>('passkeys'), refetchOnReconnect: 'always' }).data
    ?.passkeys;
  const left = session.recoveryCodesLeft;
  return (
    <>
      <ul className="new-phone-ways">
        <li>{t('newPhone.name', { name: account.name })}</li>
        <li>{t(session.mailsPasswordResets ? 'newPhone.forgotMail' : 'newPhone.forgotClinic')}</li>
        {passkeys && (
          <li>
            {passkeys.length === 0
              ? t('newPhone.noPasskey')
              : t('newPhone.passkeys', { names: passkeys.map(({ name }) => name).join(', ') })}
          </li>
        )}
        {account.hasSecondFactor && (
          <li>
            {t('newPhone.factor')} {left !== undefined && counted('newPhone.codes', left)}
          </li>
        )}
      </ul>
      {account.hasSecondFactor && (
        <Button variant="default" onClick={() => go('/account')}>
          {t('recovery.new')}
        </Button>
      )}
    </>
  );
}

/** Where the other device signs in: at the address where passkeys work, if there is one. */
export function SignInThere() {
  const { t } = useLanguage();
  const { session } = useAccount();
  const address = `${session.passkeys ?? window.location.origin}/sign-in`;
  return (
    <>
      <p>{t('newPhone.scan')}</p>
      <AddressQr address={address} label={t('newPhone.qr', { address })} />
      <CopyableText text={address} label={t('copy')} />
    </>
  );
}
