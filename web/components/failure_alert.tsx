import { Button } from '@mantine/core';
import { codeOf } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { Alert } from './alert.tsx';

interface Props {
  failure: Error | null | undefined;
  wait?: number;
  retry?: () => void;
}

/** Says why something failed; `wait`: seconds that are left to wait. */
export function FailureAlert({ failure, wait = 0, retry }: Props) {
  const { t } = useLanguage();
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
