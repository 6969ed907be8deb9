import { Button, Stack } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { ask, failureOf, type Failure, type Invitation, type Session } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { go } from '../hooks/route.ts';
import { setSession, signOut } from '../data/session.ts';
import { Form } from '../components/form.tsx';
import { Notice } from '../components/mark.tsx';
import { NewPasswordField } from '../components/password_field.tsx';
import { Asked, Page } from '../components/section.tsx';

/** The secret in the address, which then no longer has it: nobody reads it over a shoulder, or in the history. */
function takeSecret(): string {
  const secret = window.location.hash.slice(1);
  if (secret) window.history.replaceState(null, '', window.location.pathname);
  return secret;
}

// Read once, before anything is drawn; another link in the same window changes the address alone.
let secretOfAddress = takeSecret();

function useSecret(): string {
  const [secret, setSecret] = useState(secretOfAddress);
  useEffect(() => {
    const take = () => {
      const other = takeSecret();
      if (other) setSecret((secretOfAddress = other));
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return secret;
}

function Choose({ secret, invitation, session }: { secret: string; invitation: Invitation; session: Session }) {
  const { t } = useLanguage();
  const [password, setPassword] = useState('');
  const accept = async () => {
    const { name } = await ask<{ name: string }>('POST', 'invitation/acceptance', { secret, password });
    secretOfAddress = '';
    if (session.stage !== 'none') await signOut(); // of whoever used this browser before
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

export function InvitationPage({ session }: { session: Session }) {
  const { t, moment } = useLanguage();
  const secret = useSecret();
  const [invitation, setInvitation] = useState<Invitation>();
  const [failure, setFailure] = useState<Failure>();
  const load = useCallback(async () => {
    setFailure(undefined);
    setInvitation(undefined);
    try {
      if (secret) setInvitation(await ask<Invitation>('POST', 'invitation', { secret }));
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, [secret]);
  useEffect(() => {
    void load();
  }, [load]);

  if (!secret || failure?.code === 'ended' || failure?.code === 'not-found' || failure?.code === 'invalid') {
    return (
      <Page title={t('invitation.title')} narrow>
        <Stack className="card">
          <Notice tone="careful" role="alert">
            {t(secret ? 'invitation.ended' : 'invitation.missing')}
          </Notice>
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
        <Asked asked={{ value: invitation, failure, reload: load }}>
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
        </Asked>
      </div>
    </Page>
  );
}
