// SPDX-License-Identifier: Apache-2.0
import { Anchor, Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask, type Session } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { hasEnded, setSession, signOut } from '../data/session.ts';
import { lockedResults } from '../data/locked.ts';
import { CodeField } from '../components/code_field.tsx';
import { Enrol } from '../components/enrolment.tsx';
import { Field, Form } from '../components/form.tsx';
import { Alert } from '../components/alert.tsx';
import { PasswordField } from '../components/password_field.tsx';
import { Page } from '../components/section.tsx';
import { apiQuery } from '../data/api_query.ts';
import { queryKeys } from '../data/query_keys.ts';
import { PasskeySignIn } from './passkeys/passkey_sign_in.tsx';
import { go } from '../hooks/route.ts';

function NameAndPassword() {
  const { t, counted } = useLanguage();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  // After signing out, the pages' own session has nothing of the server's settings.
  const server = useQuery(apiQuery<Session>('session')).data;
  const offered = server?.stay;
  const [stay, setStay] = useState(false);
  const { data: locked = 0 } = useQuery({ queryKey: queryKeys.lockedResults(), queryFn: lockedResults });
  return (
    <>
      <Form
        submit={t('signIn.action')}
        onSubmit={async () => setSession(await ask<Session>('POST', 'session', { name: name.trim(), password, stay }))}
      >
        {hasEnded() && (
          <Alert tone="plain" role="status">
            {t('signIn.ended')}
          </Alert>
        )}
        {locked > 0 && (
          <Alert tone="plain" role="status">
            {counted('signIn.locked', locked)}
          </Alert>
        )}
        <Field label={t('account.name')} value={name} onValue={setName} autoComplete="username" autoFocus />
        <PasswordField
          label={t('password.title')}
          value={password}
          onValue={setPassword}
          autoComplete="current-password"
        />
        {offered && (
          <Checkbox
            checked={stay}
            onChange={(event) => setStay(event.currentTarget.checked)}
            label={t('stay.label')}
            description={`${t('stay.what', { days: offered.days })}${offered.staff ? '' : ` ${t('stay.patients')}`}`}
          />
        )}
      </Form>
      <PasskeySignIn session={server} stay={stay} />
    </>
  );
}

function SecondFactor() {
  const { t } = useLanguage();
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const swap = () => {
    setRecovery(!recovery);
    setCode('');
  };
  return (
    // Each field has its own form, so that an error of the first is not shown at the second.
    <Form
      key={String(recovery)}
      submit={t('signIn.action')}
      onSubmit={async () => setSession(await ask<Session>('POST', 'second-factor', { code: code.trim() }))}
    >
      {recovery ? (
        <Field
          label={t('code.recovery')}
          description={t('code.recovery.what')}
          value={code}
          onValue={setCode}
          autoFocus
          className="code"
        />
      ) : (
        <CodeField label={t('code.app')} value={code} onValue={setCode} autoFocus />
      )}
      <Anchor component="button" type="button" className="link" onClick={swap}>
        {t(recovery ? 'code.useApp' : 'code.useRecovery')}
      </Anchor>
    </Form>
  );
}

/** Step by step, as far as the session has come. */
export function SignInPage({ session }: { session: Session }) {
  const { t } = useLanguage();
  const [enrolled, setEnrolled] = useState(false);
  const { stage, account } = session;
  if (stage === 'none') {
    return (
      <Page title={t('signIn.title')} narrow focused={false}>
        <div className="card">
          <NameAndPassword />
        </div>
        <p>
          <Anchor component="button" type="button" className="link" onClick={() => go('/forgotten-password')}>
            {t('forgotten.link')}
          </Anchor>
        </p>
      </Page>
    );
  }
  return (
    <Page
      key={stage}
      title={t(enrolled ? 'recovery.title' : stage === 'enrolment' ? 'enrolment.title' : 'code.title')}
      narrow
      focused={stage === 'enrolment'}
      lead={
        enrolled
          ? undefined
          : stage === 'enrolment'
            ? t('enrolment.why')
            : t('code.lead', { name: account?.name ?? '' })
      }
    >
      <Stack className="card">
        {stage === 'enrolment' ? <Enrol onCodes={() => setEnrolled(true)} /> : <SecondFactor />}
      </Stack>
      {!enrolled && (
        <p>
          <Anchor
            component="button"
            type="button"
            className="link"
            onClick={() => {
              void signOut();
            }}
          >
            {t('signIn.other')}
          </Anchor>
        </p>
      )}
    </Page>
  );
}
