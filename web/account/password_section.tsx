// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Form } from '../components/form.tsx';
import { Alert } from '../components/alert.tsx';
import { NewPasswordField, PasswordField } from '../components/password_field.tsx';
import { Section } from '../components/section.tsx';
import { ask, Failure, failureOf, type Token } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { useAccount } from '../data/session.ts';
import { apiQuery } from '../data/api_query.ts';

function ChangePassword({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useLanguage();
  const { account } = useAccount();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [endTokens, setEndTokens] = useState(true);
  const tokens = useQuery(apiQuery<{ tokens: Token[] }>('tokens')).data?.tokens ?? [];
  const change = async () => {
    await ask('PUT', 'password', { old, new: fresh, keepTokens: !endTokens }).catch((error: unknown) => {
      throw failureOf(error).code === 'wrong-credentials' ? new Failure('wrong-password') : error;
    });
    onDone();
  };
  return (
    <Form
      submit={t('password.change')}
      onSubmit={change}
      beside={
        <Button variant="default" size="md" onClick={onCancel}>
          {t('cancel')}
        </Button>
      }
    >
      <input type="hidden" autoComplete="username" value={account.name} readOnly />
      <PasswordField label={t('password.old')} value={old} onValue={setOld} autoComplete="current-password" autoFocus />
      <NewPasswordField label={t('password.new')} account={account.name} value={fresh} onValue={setFresh} />
      {tokens.length > 0 && (
        <Checkbox
          checked={endTokens}
          onChange={(event) => setEndTokens(event.currentTarget.checked)}
          label={t('password.endTokens')}
          description={t('password.endTokens.what')}
        />
      )}
    </Form>
  );
}

export function PasswordSection() {
  const { t } = useLanguage();
  const [state, setState] = useState<'shown' | 'changing' | 'changed'>('shown');
  return (
    <Section
      title={t('password.title')}
      action={
        state !== 'changing' && (
          <Button variant="default" onClick={() => setState('changing')}>
            {t('password.change')}
          </Button>
        )
      }
    >
      {state === 'changing' ? (
        <ChangePassword onDone={() => setState('changed')} onCancel={() => setState('shown')} />
      ) : (
        <p className="note">{t('password.lead')}</p>
      )}
      <div role="status">{state === 'changed' && <Alert tone="good">{t('password.changed')}</Alert>}</div>
    </Section>
  );
}
