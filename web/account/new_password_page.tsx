// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { Page } from '../components/section.tsx';
import { ask, type PasswordReset, type Session } from '../data/api.ts';
import { queryKeys } from '../data/query_keys.ts';
import { go } from '../hooks/route.ts';
import { useLanguage } from '../translations/language.tsx';
import { ChoosePassword } from './choose_password.tsx';
import { isEnded, LinkEnded } from './link_ended.tsx';
import { useLinkSecret } from './link_secret.ts';

/** Where a mailed link to a new password leads. */
export function NewPasswordPage({ session }: { session: Session }) {
  const { t, moment } = useLanguage();
  const secret = useLinkSecret();
  const query = useQuery({
    queryKey: queryKeys.passwordReset(secret),
    queryFn: () => ask<PasswordReset>('POST', 'password-reset/link', { secret }),
    enabled: secret !== '',
  });

  if (isEnded(secret, query.error)) {
    return (
      <LinkEnded
        title={t('newPassword.title')}
        problem={t(secret ? 'newPassword.ended' : 'invitation.missing')}
        remedy={t(secret ? 'newPassword.ended.remedy' : 'newPassword.missing.remedy')}
        another={<Button onClick={() => go('/forgotten-password')}>{t('newPassword.again')}</Button>}
      />
    );
  }
  return (
    <Page title={t('newPassword.title')} narrow>
      <div className="card">
        <QueryBoundary query={query}>
          {({ name, endsAt }) => (
            <Stack gap="md">
              <dl className="facts">
                <dt>{t('account.name')}</dt>
                <dd>
                  <strong>{name}</strong>
                </dd>
                <dt>{t('invitation.until')}</dt>
                <dd>{moment(endsAt)}</dd>
              </dl>
              <p>{t('newPassword.what')}</p>
              <ChoosePassword
                path="password-reset"
                secret={secret}
                name={name}
                session={session}
                label={t('password.new')}
                submit={t('newPassword.action')}
              />
            </Stack>
          )}
        </QueryBoundary>
      </div>
    </Page>
  );
}
