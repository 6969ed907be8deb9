// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { flush, useOutbox, type OutboxState } from '../data/outbox.ts';
import { useLanguage } from '../translations/language.tsx';
import { Alert } from './alert.tsx';

/** Says while a session goes on that results would be lost with the page. */
export function UnsavedWarning() {
  const { t } = useLanguage();
  const { waiting, fleeting } = useOutbox();
  return fleeting && waiting.length > 0 ? (
    <Alert tone="bad" role="status">
      {t('sending.fleeting')}
    </Alert>
  ) : null;
}

/** Shows whether the clinic has all results. `quiet`: empty if it has. */
export function OutboxStatus({ quiet = false }: { quiet?: boolean }) {
  return <StatusOf outbox={useOutbox()} quiet={quiet} />;
}

export function StatusOf({ outbox, quiet = false }: { outbox: OutboxState; quiet?: boolean }) {
  const { t, counted } = useLanguage();
  const { waiting, known, sending, failure, fleeting } = outbox;
  if (!known) return null;
  const refused = waiting.filter((one) => one.refused !== undefined).length;
  const open = waiting.length - refused;
  if (open === 0 && refused === 0)
    return quiet ? null : (
      <Alert tone="good" role="status">
        {t('sending.done')}
      </Alert>
    );
  return (
    <Alert tone={refused > 0 || fleeting ? 'bad' : 'careful'} role="status">
      {open > 0 && (
        <p>
          {counted('sending.open', open)}{' '}
          {failure &&
            !sending &&
            (failure.code === 'no-session' ? t('sending.signIn') : !fleeting && t('sending.later'))}
        </p>
      )}
      {fleeting && <p>{t('sending.fleeting')}</p>}
      {refused > 0 && <p>{counted('sending.refused', refused)}</p>}
      {open > 0 && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={sending}
          onClick={() => {
            void flush();
          }}
        >
          {t('sending.now')}
        </Button>
      )}
    </Alert>
  );
}
