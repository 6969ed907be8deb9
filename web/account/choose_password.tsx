// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Form } from '../components/form.tsx';
import { NewPasswordField } from '../components/password_field.tsx';
import { ask, type Session } from '../data/api.ts';
import { setSession, signOut } from '../data/session.ts';
import { go } from '../hooks/route.ts';
import { useLanguage } from '../translations/language.tsx';
import { forgetLinkSecret } from './link_secret.ts';

interface Props {
  /** Whose link it is, below /auth. */
  path: 'invitation' | 'password-reset';
  secret: string;
  /** Of the account. */
  name: string;
  session: Session;
  label: string;
  submit: string;
}

/** Chooses a password by a link, and signs in with it. */
export function ChoosePassword({ path, secret, name, session, label, submit }: Props) {
  const { language } = useLanguage();
  const [password, setPassword] = useState('');
  const accept = async () => {
    // The confirmation of a mailed link is mailed, too, in the page's language.
    const mailed = path === 'password-reset' ? { language } : {};
    await ask('POST', `${path}/acceptance`, { secret, password, ...mailed });
    forgetLinkSecret();
    if (session.stage !== 'none') await signOut(); // the browser's former user
    setSession(await ask<Session>('POST', 'session', { name, password }));
    go('/sign-in', { replace: true });
  };
  return (
    <Form submit={submit} onSubmit={accept}>
      {/* So that a browser keeps the password under this name. */}
      <input type="hidden" autoComplete="username" value={name} readOnly />
      <NewPasswordField label={label} account={name} value={password} onValue={setPassword} />
    </Form>
  );
}
