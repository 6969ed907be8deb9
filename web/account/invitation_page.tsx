// SPDX-License-Identifier: Apache-2.0
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, type Invitation, type Session } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { Page } from '../components/section.tsx';
import { queryKeys } from '../data/query_keys.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { ChoosePassword } from './choose_password.tsx';
import { isEnded, LinkEnded } from './link_ended.tsx';
import { useLinkSecret } from './link_secret.ts';

export function InvitationPage({ session }: { session: Session }) {
  const { t, moment } = useLanguage();
  const secret = useLinkSecret();
  const query = useQuery({
    queryKey: queryKeys.invitation(secret),
    queryFn: () => ask<Invitation>('POST', 'invitation', { secret }),
    enabled: secret !== '',
  });

  if (isEnded(secret, query.error)) {
    return (
      <LinkEnded
        title={t('invitation.title')}
        problem={t(secret ? 'invitation.ended' : 'invitation.missing')}
        remedy={t(secret ? 'invitation.ended.remedy' : 'invitation.missing.remedy')}
      />
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
              <ChoosePassword
                path="invitation"
                secret={secret}
                name={found.name}
                session={session}
                label={t('invitation.password')}
                submit={t('invitation.action')}
              />
            </Stack>
          )}
        </QueryBoundary>
      </div>
    </Page>
  );
}
