// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { setSession } from '../../data/session.ts';
import type { Session } from '../../data/api.ts';
import { useRetryWait } from '../../hooks/use_retry_wait.ts';
import { useLanguage } from '../../translations/language.tsx';
import { passkeysOnThisPage, signInByPasskey } from '../../data/passkeys/this_browser.ts';

/** Offered where passkeys work; nothing is asked before it is pressed. */
export function PasskeySignIn({ session, stay }: { session: Session | undefined; stay: boolean }) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => signInByPasskey(stay),
    onSuccess: (signedIn) => setSession(signedIn),
  });
  const isWaiting = useRetryWait(error) > 0;
  if (!session || passkeysOnThisPage(session) !== 'ready') return null;
  return (
    <Stack gap="md" mt="md">
      <FailureAlert failure={error} />
      <Button variant="default" size="md" fullWidth loading={isPending} disabled={isWaiting} onClick={() => mutate()}>
        {t('passkeys.signIn')}
      </Button>
    </Stack>
  );
}
