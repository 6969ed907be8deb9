// SPDX-License-Identifier: Apache-2.0
import { Stack } from '@mantine/core';
import { Qr, CopyableText } from '../../components/copyable_text.tsx';
import { Alert } from '../../components/alert.tsx';
import type { InvitationLink } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';

/** The link to choose a password by, once it is made. */
export function ShownInvitation({ invitation: { link, qr, endsAt, mailed, waiting } }: { invitation: InvitationLink }) {
  const { t, moment } = useLanguage();
  if (waiting)
    return (
      <Alert tone="careful" role="status">
        {t('invite.waiting', { end: moment(endsAt) })}
      </Alert>
    );
  return (
    <Stack gap="sm">
      <Alert tone={mailed ? 'good' : 'careful'} role="status">
        {t(!mailed ? 'invite.give' : link ? 'invite.mailed' : 'invite.mailedOnly')}
      </Alert>
      {link && <CopyableText text={link} label={t('copy')} />}
      {qr && <Qr svg={qr} label={t('invite.qr')} />}
      <p className="small">{t('invite.until', { end: moment(endsAt) })}</p>
    </Stack>
  );
}
