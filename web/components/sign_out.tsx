// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { signOut } from '../data/session.ts';
import { useOutbox } from '../data/outbox.ts';
import { Icon } from '../design/icons.tsx';
import { go } from '../hooks/route.ts';
import { useLanguage } from '../translations/language.tsx';
import { Confirm } from './dialog.tsx';
import { FailureAlert } from './failure_alert.tsx';

/** Signs out; asks first where results wait to be sent. */
export function SignOut() {
  const { t, counted } = useLanguage();
  const { waiting } = useOutbox();
  const [asking, setAsking] = useState(false);
  const leaveNow = async () => {
    await signOut();
    go('/sign-in');
  };
  const leaving = useMutation({ mutationFn: leaveNow });
  return (
    <>
      <Button
        className="leave"
        variant="default"
        loading={leaving.isPending}
        onClick={() => (waiting.length > 0 ? setAsking(true) : leaving.mutate())}
        leftSection={<Icon name="leave" />}
      >
        <span className="text">{t('signOut')}</span>
      </Button>
      <FailureAlert failure={leaving.error} />
      {asking && (
        <Confirm
          title={t('signOut')}
          text={counted('signOut.waiting', waiting.length)}
          action={t('signOut')}
          onClose={() => setAsking(false)}
          onConfirm={leaveNow}
        />
      )}
    </>
  );
}
