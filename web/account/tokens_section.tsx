// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CopyableText } from '../components/copyable_text.tsx';
import { Confirm, Dialog } from '../components/dialog.tsx';
import { Field, Form } from '../components/form.tsx';
import { Alert } from '../components/alert.tsx';
import { Section } from '../components/section.tsx';
import { ask, type Token } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { useAccount } from '../data/session.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { apiQuery } from '../data/api_query.ts';

const DAYS = [7, 30, 90, 365] as const;

function NewToken({ onClose, onMade }: { onClose: () => void; onMade: () => Promise<unknown> }) {
  const { t, counted } = useLanguage();
  const { account } = useAccount();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState(account.role === 'patient' ? 'patient/*.rs' : 'user/*.rs');
  const [patient, setPatient] = useState(account.role === 'patient' ? (account.person ?? '') : '');
  const [days, setDays] = useState('90');
  const [made, setMade] = useState<string>();
  const ofPatient = scopes.includes('patient/');
  const make = async () => {
    const asked = {
      name: name.trim(),
      scopes: scopes.trim().split(/\s+/),
      days: Number(days),
      ...(ofPatient && { patient: patient.trim() }),
    };
    setMade((await ask<{ token: string }>('POST', 'tokens', asked)).token);
    await onMade();
  };
  return (
    <Dialog title={t('tokens.new')} onClose={onClose}>
      {made ? (
        <Stack gap="md">
          <Alert tone="careful" role="status">
            {t('tokens.once')}
          </Alert>
          <CopyableText text={made} label={t('copy')} />
          <div className="actions">
            <Button onClick={onClose}>{t('tokens.kept')}</Button>
          </div>
        </Stack>
      ) : (
        <Form submit={t('tokens.make')} onSubmit={make}>
          <Field
            label={t('tokens.name')}
            description={t('tokens.name.what')}
            value={name}
            onValue={setName}
            maxLength={128}
            data-autofocus
          />
          <Field
            label={t('tokens.scopes')}
            description={t('tokens.scopes.what')}
            value={scopes}
            onValue={setScopes}
            className="code"
          />
          {ofPatient && account.role !== 'patient' && (
            <Field label={t('person.patientId')} value={patient} onValue={setPatient} />
          )}
          <NativeSelect
            label={t('tokens.days')}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            data={DAYS.map((count) => ({ value: String(count), label: counted('days', count) }))}
          />
        </Form>
      )}
    </Dialog>
  );
}

export function TokensSection() {
  const { t, moment } = useLanguage();
  const query = useQuery(apiQuery<{ tokens: Token[] }>('tokens'));
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token>();
  const revoke = async ({ id }: Token) => {
    await ask('DELETE', `tokens/${id}`);
    await query.refetch();
  };
  return (
    <Section
      title={t('tokens.title')}
      action={
        <Button variant="default" onClick={() => setMaking(true)}>
          {t('tokens.new')}
        </Button>
      }
    >
      <p className="note">{t('tokens.lead')}</p>
      <QueryBoundary query={query}>
        {({ tokens }) =>
          tokens.length === 0 ? (
            <p className="none">{t('tokens.none')}</p>
          ) : (
            <ul className="rows">
              {tokens.map((token) => (
                <li key={token.id} className="row">
                  <div>
                    <strong>{token.name}</strong>
                    <p className="small">
                      <code>{token.scopes.join(' ')}</code>
                    </p>
                    <p className="small">
                      {token.endsAt ? t('until', { end: moment(token.endsAt) }) : t('tokens.endless')}
                    </p>
                  </div>
                  <Button
                    variant="default"
                    size="sm"
                    onClick={() => setRevoking(token)}
                    aria-label={t('tokens.revoke.of', { name: token.name })}
                  >
                    {t('tokens.revoke')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryBoundary>
      {making && <NewToken onClose={() => setMaking(false)} onMade={query.refetch} />}
      {revoking && (
        <Confirm
          title={t('tokens.revoke.of', { name: revoking.name })}
          text={t('tokens.revoke.what')}
          action={t('tokens.revoke')}
          onClose={() => setRevoking(undefined)}
          onConfirm={() => revoke(revoking)}
        />
      )}
    </Section>
  );
}
