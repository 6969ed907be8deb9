import { Stack } from '@mantine/core';
import { Qr, Taken } from '../../parts/copied.tsx';
import { Notice } from '../../parts/mark.tsx';
import type { InvitationLink } from '../../source/api.ts';
import { useLanguage } from '../../source/language.tsx';

/** The link to choose a password by, once it is made. */
export function ShownInvitation({ invitation: { link, qr, endsAt, mailed } }: { invitation: InvitationLink }) {
  const { t, moment } = useLanguage();
  return (
    <Stack gap="sm">
      <Notice tone={mailed ? 'good' : 'careful'} role="status">{t(mailed ? 'invite.mailed' : 'invite.give')}</Notice>
      <Taken text={link} label={t('copy')} />
      <Qr svg={qr} label={t('invite.qr')} />
      <p className="small">{t('invite.until', { end: moment(endsAt) })}</p>
    </Stack>
  );
}
