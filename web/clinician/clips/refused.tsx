// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';

interface Props {
  /** In the engine's words, which are English. */
  found: string;
  remedy: string;
  onAgain: () => void;
  onLeave: () => void;
}

/** Why nothing was measured in a clip, and what to change. */
export function Refused({ found, remedy, onAgain, onLeave }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <Alert tone="careful" role="alert">
        <strong>{t('camtest.refused')}</strong>{' '}
        <span lang="en">
          {found}. {remedy}.
        </span>
      </Alert>
      <div className="actions">
        <Button size="md" onClick={onAgain}>
          {t('again')}
        </Button>
        <Button size="md" variant="default" onClick={onLeave}>
          {t('rom.back')}
        </Button>
      </div>
    </>
  );
}
