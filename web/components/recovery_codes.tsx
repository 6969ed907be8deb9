// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useLanguage } from '../translations/language.tsx';
import { Copy } from './copyable_text.tsx';
import { Alert } from './alert.tsx';

/** Shown once, when they are made. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useLanguage();
  return (
    <Stack gap="md">
      <Alert tone="careful" role="status">
        {t('recovery.once')}
      </Alert>
      <ul className="codes" aria-label={t('recovery.title')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Copy text={codes.join('\n')} label={t('copy')} />
        <Button variant="default" onClick={() => window.print()}>
          {t('print')}
        </Button>
        <Button onClick={onKept}>{t('recovery.kept')}</Button>
      </div>
    </Stack>
  );
}
