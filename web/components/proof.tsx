// SPDX-License-Identifier: Apache-2.0
import { Anchor, Button, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask, Failure, failureOf, onProof, type Session } from '../data/api.ts';
import { apiQuery } from '../data/api_query.ts';
import type { Passkey } from '../data/passkeys/passkey_data.ts';
import { passkeysOnThisPage, proveByPasskey } from '../data/passkeys/this_browser.ts';
import { useAccount } from '../data/session.ts';
import { useLanguage } from '../translations/language.tsx';
import { CodeField } from './code_field.tsx';
import { Dialog } from './dialog.tsx';
import { FailureAlert } from './failure_alert.tsx';
import { Form } from './form.tsx';
import { PasswordField } from './password_field.tsx';

/** Offered where this page takes passkeys and the account has one; the password and the code stay. */
function ByPasskey({ onShown }: { onShown: () => void }) {
  const { t } = useLanguage();
  const { session } = useAccount();
  const ready = passkeysOnThisPage(session) === 'ready';
  const { data } = useQuery({ ...apiQuery<{ passkeys: Passkey[] }>('passkeys'), enabled: ready });
  const { mutate, isPending, error } = useMutation({ mutationFn: proveByPasskey, onSuccess: onShown });
  if (!ready || !data || data.passkeys.length === 0) return null;
  return (
    <Stack gap="md">
      <Button size="md" fullWidth loading={isPending} onClick={() => mutate()}>
        {t('proof.usePasskey')}
      </Button>
      <FailureAlert failure={error} />
    </Stack>
  );
}

/**
 * Asks for a passkey, the password or a code once more, where the server wants that before something that matters, and
 * lets it go on.
 */
export function Proof({ account }: { account: NonNullable<Session['account']> }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  const [byCode, setByCode] = useState(account.hasSecondFactor);
  const [typed, setTyped] = useState('');
  const answer = useRef<(shown: boolean) => void>(() => {});
  useEffect(
    () =>
      onProof(
        () =>
          new Promise((resolve) => {
            answer.current = resolve;
            setTyped('');
            setAsking(true);
          }),
      ),
    [],
  );
  if (!asking) return null;
  const end = (shown: boolean) => {
    setAsking(false);
    answer.current(shown);
  };
  const show = async () => {
    await ask('POST', 'proof', byCode ? { code: typed } : { password: typed }).catch((error: unknown) => {
      throw failureOf(error).code === 'wrong-credentials' ? new Failure('wrong-password') : error;
    });
    end(true);
  };
  const swap = () => {
    setByCode(!byCode);
    setTyped('');
  };
  return (
    <Dialog title={t('proof.title')} onClose={() => end(false)}>
      <Stack gap="md">
        <p>{t('proof.what')}</p>
        <ByPasskey onShown={() => end(true)} />
        {/* Each field has its own form, so that an error of the first is not shown at the second. */}
        <Form
          key={String(byCode)}
          submit={t('proof.action')}
          onSubmit={show}
          beside={
            <Button variant="default" size="md" onClick={() => end(false)}>
              {t('cancel')}
            </Button>
          }
        >
          <input type="hidden" autoComplete="username" value={account.name} readOnly />
          {byCode ? (
            <CodeField label={t('code.app')} value={typed} onValue={setTyped} autoFocus />
          ) : (
            <PasswordField
              label={t('password.title')}
              value={typed}
              onValue={setTyped}
              autoComplete="current-password"
              data-autofocus
            />
          )}
          {account.hasSecondFactor && (
            <Anchor component="button" type="button" className="link" onClick={swap}>
              {t(byCode ? 'proof.usePassword' : 'code.useApp')}
            </Anchor>
          )}
        </Form>
      </Stack>
    </Dialog>
  );
}
