// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask, codeOf, type FailureCode, type Invitation, type Session } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { go } from '../hooks/route.ts';
import { setSession, signOut } from '../data/session.ts';
import { Form } from '../components/form.tsx';
import { Alert } from '../components/alert.tsx';
import { NewPasswordField } from '../components/password_field.tsx';
import { Page } from '../components/section.tsx';
import { queryKeys } from '../data/query_keys.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';

/** Takes the secret out of the address: no one reads it over a shoulder or in the history. */
function takeSecret(): string {
  const secret = window.location.hash.slice(1);
  if (secret) window.history.replaceState(null, '', window.location.pathname);
  return secret;
}

// Read once, before anything is drawn; another link in the same window changes the address alone.
let secretOfAddress = takeSecret();

function useSecret(): string {
  const [secret, setSecret] = useState(secretOfAddress);
  useWindowEvent('hashchange', () => {
    const other = takeSecret();
    if (other) setSecret((secretOfAddress = other));
  });
  return secret;
}

function Choose({ secret, invitation, session }: { secret: string; invitation: Invitation; session: Session }) {
  const { t } = useLanguage();
  const [password, setPassword] = useState('');
  const accept = async () => {
    const { name } = await ask<{ name: string }>('POST', 'invitation/acceptance', { secret, password });
    secretOfAddress = '';
    if (session.stage !== 'none') await signOut(); // the browser's former user
    setSession(await ask<Session>('POST', 'session', { name, password }));
    go('/sign-in', { replace: true });
  };
  return (
    <Form submit={t('invitation.action')} onSubmit={accept}>
      {/* So that a browser keeps the password under this name. */}
      <input type="hidden" autoComplete="username" value={invitation.name} readOnly />
      <NewPasswordField
        label={t('invitation.password')}
        account={invitation.name}
        value={password}
        onValue={setPassword}
      />
    </Form>
  );
}

const ENDED: readonly FailureCode[] = ['ended', 'not-found', 'invalid'];

export function InvitationPage({ session }: { session: Session }) {
  const { t, moment } = useLanguage();
  const secret = useSecret();
  const query = useQuery({
    queryKey: queryKeys.invitation(secret),
    queryFn: () => ask<Invitation>('POST', 'invitation', { secret }),
    enabled: secret !== '',
  });

  if (!secret || (query.error && ENDED.includes(codeOf(query.error)))) {
    return (
      <Page title={t('invitation.title')} narrow>
        <Stack className="card">
          <Alert tone="careful" role="alert">
            {t(secret ? 'invitation.ended' : 'invitation.missing')}
          </Alert>
          <p>{t(secret ? 'invitation.ended.remedy' : 'invitation.missing.remedy')}</p>
          <div className="actions">
            <Button variant="default" onClick={() => go('/sign-in')}>
              {t('signIn.title')}
            </Button>
          </div>
        </Stack>
      </Page>
    );
  }
  return (
    <Page title={t('invitation.title')} narrow>
      <div className="card">
        <QueryBoundary query={query}>
          {(found) => (
            <Stack gap="md">
              <dl className="facts">
                <dt>{t('account.name')}</dt>
                <dd>
                  <strong>{found.name}</strong>
                </dd>
                <dt>{t('account.role')}</dt>
                <dd>{t(`role.${found.role}`)}</dd>
                {found.endsAt && (
                  <>
                    <dt>{t('invitation.until')}</dt>
                    <dd>{moment(found.endsAt)}</dd>
                  </>
                )}
              </dl>
              <p>{t('invitation.name')}</p>
              <Choose secret={secret} invitation={found} session={session} />
            </Stack>
          )}
        </QueryBoundary>
      </div>
    </Page>
  );
}
