// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Section } from '../../components/section.tsx';
import { say, useConversation } from '../../data/conversation.ts';
import { useLanguage } from '../../translations/language.tsx';

function Explained({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => say('erasure', t('erase.message')),
    onSuccess: onClose,
  });
  return (
    <Dialog title={t('erase.ask')} onClose={onClose}>
      <Stack gap="md">
        <ul className="plain">
          <li>{t('erase.what')}</li>
          <li>{t('erase.stays')}</li>
          <li>{t('erase.forGood')}</li>
          <li>{t('erase.clinicDecides')}</li>
        </ul>
        <FailureAlert failure={error} />
        <div className="actions">
          <Button color="red.9" loading={isPending} onClick={() => mutate()}>
            {t('erase.send')}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}

/** Lets the patient ask the clinic to erase their record. */
export function AskToErase() {
  const { t, moment } = useLanguage();
  const { known, messages, isWaiting } = useConversation();
  const [asking, setAsking] = useState(false);
  const asked = messages.filter(({ kind, own }) => kind === 'erasure' && own).at(-1);
  return (
    <Section title={t('erase.title')}>
      <Stack gap="md">
        <p className="note">{t('erase.lead')}</p>
        <div role="status">
          {asked && (
            <Alert tone="careful">
              {t('erase.asked', { when: moment(asked.sent) })}{' '}
              {t(isWaiting(asked) ? 'messages.waiting' : 'erase.change')}
            </Alert>
          )}
          {!known && <p className="note">{t('erase.notNow')}</p>}
        </div>
        {known && !asked && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('erase.button')}
          </Button>
        )}
      </Stack>
      {asking && <Explained onClose={() => setAsking(false)} />}
    </Section>
  );
}
