// SPDX-License-Identifier: Apache-2.0
import { Anchor, Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../components/alert.tsx';
import { Field, Form } from '../components/form.tsx';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { Page } from '../components/section.tsx';
import { ask, type Session } from '../data/api.ts';
import { apiQuery } from '../data/api_query.ts';
import { go } from '../hooks/route.ts';
import { useLanguage } from '../translations/language.tsx';

function AskForLink({ onSent }: { onSent: (minutes: number) => void }) {
  const { t, language } = useLanguage();
  const [name, setName] = useState('');
  const send = async () => {
    const { minutes } = await ask<{ minutes: number }>('POST', 'password-reset', { name: name.trim(), language });
    onSent(minutes);
  };
  return (
    <Form submit={t('forgotten.action')} onSubmit={send}>
      <p>{t('forgotten.lead')}</p>
      <Field label={t('forgotten.field')} value={name} onValue={setName} autoComplete="username" autoFocus />
    </Form>
  );
}

/** The same words whether the account exists or not, as the server answers the same. */
function Sent({ minutes }: { minutes: number }) {
  const { t } = useLanguage();
  return (
    <Stack gap="md" role="status">
      <Alert tone="good">{t('forgotten.sent')}</Alert>
      <p>{t('forgotten.sent.next', { minutes })}</p>
      <p className="note">{t('forgotten.sent.none')}</p>
    </Stack>
  );
}

function AskClinic({ clinic }: { clinic: Session['clinic'] }) {
  const { t } = useLanguage();
  return (
    <Stack gap="md">
      <p>{t('forgotten.off')}</p>
      {clinic?.phone && (
        <div className="actions">
          <Button component="a" href={`tel:${clinic.phone}`} variant="default" size="md">
            {t('call.clinic', { name: clinic.name || t('call.yourClinic'), number: clinic.phone })}
          </Button>
        </div>
      )}
    </Stack>
  );
}

export function ForgottenPasswordPage() {
  const { t } = useLanguage();
  // After signing out, the pages' own session has nothing of the clinic.
  const query = useQuery(apiQuery<Session>('session'));
  const [minutes, setMinutes] = useState<number>();
  return (
    <Page title={t('forgotten.title')} narrow>
      <div className="card">
        <QueryBoundary query={query}>
          {({ mailsPasswordResets, clinic }) =>
            minutes !== undefined ? (
              <Sent minutes={minutes} />
            ) : mailsPasswordResets ? (
              <AskForLink onSent={setMinutes} />
            ) : (
              <AskClinic clinic={clinic} />
            )
          }
        </QueryBoundary>
      </div>
      <p>
        <Anchor component="button" type="button" className="link" onClick={() => go('/sign-in')}>
          {t('forgotten.toSignIn')}
        </Anchor>
      </p>
    </Page>
  );
}
