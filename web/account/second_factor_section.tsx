// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { CodeField } from '../components/code_field.tsx';
import { Enrol } from '../components/enrolment.tsx';
import { Form } from '../components/form.tsx';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { RecoveryCodes } from '../components/recovery_codes.tsx';
import { Section } from '../components/section.tsx';
import { ask } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { loadSession, useAccount } from '../data/session.ts';

function NewCodes({ onDone }: { onDone: () => void }) {
  const { t } = useLanguage();
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<string[]>();
  const make = async () =>
    setCodes((await ask<{ recoveryCodes: string[] }>('POST', 'recovery-codes', { code })).recoveryCodes);
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  return (
    <Form
      submit={t('recovery.make')}
      onSubmit={make}
      beside={
        <Button variant="default" size="md" onClick={onDone}>
          {t('cancel')}
        </Button>
      }
    >
      <p>{t('recovery.make.what')}</p>
      <CodeField label={t('code.app')} value={code} onValue={setCode} autoFocus />
    </Form>
  );
}

export function SecondFactorSection() {
  const { t, counted } = useLanguage();
  const { account, session } = useAccount();
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    void loadSession(); // knows how many codes are left
  };
  const left = session.recoveryCodesLeft;
  return (
    <Section
      title={t('factor.title')}
      action={
        !open && (
          <Button variant="default" onClick={() => setOpen(true)}>
            {t(account.hasSecondFactor ? 'recovery.new' : 'factor.set')}
          </Button>
        )
      }
    >
      {open ? (
        account.hasSecondFactor ? (
          <NewCodes onDone={close} />
        ) : (
          <Enrol onDone={close} />
        )
      ) : (
        <Stack gap="sm">
          <p>
            <Badge tone={account.hasSecondFactor ? 'good' : 'plain'}>
              {t(account.hasSecondFactor ? 'factor.on' : 'factor.off')}
            </Badge>
            {left !== undefined && <span className="beside">{counted('recovery.left', left)}</span>}
          </p>
          {left !== undefined && left < 4 && <Alert tone="careful">{t('recovery.few')}</Alert>}
          <p className="note">{t('factor.lead')}</p>
        </Stack>
      )}
    </Section>
  );
}
