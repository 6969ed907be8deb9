// SPDX-License-Identifier: Apache-2.0
import { Anchor, Button, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ask, Failure, failureOf, onProof, type Session } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { CodeField } from './code_field.tsx';
import { Dialog } from './dialog.tsx';
import { Form } from './form.tsx';
import { PasswordField } from './password_field.tsx';

/**
 * Asks for the password or a code once more, where the server wants that before something that matters, and lets it go
 * on.
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
