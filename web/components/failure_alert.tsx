// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { codeOf } from '../data/api.ts';
import { useRetryWait } from '../hooks/use_retry_wait.ts';
import { useLanguage } from '../translations/language.tsx';
import { Alert } from './alert.tsx';

interface Props {
  failure: Error | null | undefined;
  retry?: () => void;
}

/** Says why something failed, and counts down until it may be tried again. */
export function FailureAlert({ failure, retry }: Props) {
  const { t } = useLanguage();
  const wait = useRetryWait(failure);
  if (!failure) return null;
  const code = codeOf(failure);
  const waited = code === 'wait' && wait === 0;
  return (
    <Alert tone="bad" role="alert">
      {t(waited ? 'failure.waited' : `failure.${code}`)}
      {/* Not read out every second. */}
      {wait > 0 && (
        <strong aria-hidden="true" className="countdown">
          {' '}
          {Math.floor(wait / 60)}:{String(wait % 60).padStart(2, '0')}
        </strong>
      )}
      {retry && (
        <Button variant="default" size="xs" mt="sm" display="block" onClick={retry}>
          {t('again')}
        </Button>
      )}
    </Alert>
  );
}
